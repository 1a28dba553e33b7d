"""Deleting a film or recording: not while a lesson shows it, or has shown it."""

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision
from wagtailmedia.views import media as media_views

from cms.guards import is_protected
from courses.models import LessonMedia, LessonPage

IN_USE = _("《%(title)s》还在微课里用着（草稿和历史版本也算），不能删除。请先在微课里换掉它。")


def delete_media(request, media_id: int):
    """Wagtail's own view, behind a check; it decides who may delete at all."""
    media = LessonMedia.objects.filter(pk=media_id).first()
    if media is not None and is_in_use(media):
        messages.error(request, IN_USE % {"title": media})
        return redirect(reverse("wagtailmedia:index"))
    return media_views.delete(request, media_id)


def is_in_use(media: LessonMedia) -> bool:
    return is_protected(LessonMedia.objects.filter(pk=media.pk)) or _is_in_revisions(media)


def _is_in_revisions(media: LessonMedia) -> bool:
    """A revision that names a lost file could not be opened any more."""
    lessons = ContentType.objects.get_for_model(LessonPage)
    return Revision.objects.filter(content_type=lessons, content__media=media.pk).exists()
