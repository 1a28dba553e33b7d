"""A recording in the admin: how far its encoding is, doing it again, and deleting it, which is not
possible while a lesson shows it or has shown it.
"""

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Revision
from wagtail.permissions import policy_registry
from wagtailmedia.views import media as media_views

from cms.guards import is_protected
from cms.uses import pages_showing
from courses.domain.encoding import ask_for_encoding, remove_files
from courses.models import LessonMedia, LessonPage
from courses.wording import megabytes, minutes_and_seconds
from federations.domain.jobs import count_jobs_before

IN_USE = _("《%(title)s》还在微课或文章里用着（微课的草稿和历史版本也算），不能删除。请先换掉它。")


def delete_media(request, media_id: int):
    """Wagtail's own view, behind a check; it decides who may delete at all."""
    media = LessonMedia.objects.filter(pk=media_id).first()
    if media is not None and is_in_use(media):
        messages.error(request, IN_USE % {"title": media})
        return redirect(reverse("wagtailmedia:index"))
    response = media_views.delete(request, media_id)
    if media is not None and not LessonMedia.objects.filter(pk=media_id).exists():
        remove_files(media)
    return response


def is_in_use(media: LessonMedia) -> bool:
    return (
        is_protected(LessonMedia.objects.filter(pk=media.pk))
        or _is_in_revisions(media)
        or pages_showing(media).exists()
    )


def _is_in_revisions(media: LessonMedia) -> bool:
    """A revision that names a lost file could not be opened any more."""
    lessons = ContentType.objects.get_for_model(LessonPage)
    return Revision.objects.filter(content_type=lessons, content__media=media.pk).exists()


@require_safe
def media_progress(request, media_id: int):
    """The part of a recording's page that changes, alone."""
    media = find_media(request, media_id)
    return render(request, "admin_courses/_media_state.html", media_facts(media))


@require_POST
def encode_again(request, media_id: int):
    media = find_media(request, media_id)
    ask_for_encoding(media_id=media.pk, owner=request.user)
    messages.success(request, _("已经重新开始处理《%(title)s》。") % {"title": media})
    return redirect(reverse("wagtailmedia:edit", args=[media.pk]))


def find_media(request, media_id: int) -> LessonMedia:
    """Raises PermissionDenied when she may not change it."""
    media = get_object_or_404(LessonMedia.objects.select_related("job"), pk=media_id)
    policy = policy_registry.get_by_type(LessonMedia)
    if not policy.user_has_permission_for_instance(request.user, "change", media):
        raise PermissionDenied
    return media


def media_facts(media: LessonMedia) -> dict:
    return {
        "media": media,
        "before": count_jobs_before(media.job) if media.state == "waiting" else 0,
        "duration_text": minutes_and_seconds(media.duration),
        "video_text": megabytes(media.video_size),
        "audio_text": megabytes(media.audio_size),
    }
