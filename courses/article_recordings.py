"""Recordings in articles and knowledge entries: what plays there, and who gets the file."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from wagtail import hooks

from cms.files import content_type, serve_file
from cms.recordings import Recording
from cms.uses import is_open_to
from courses.data_saving import saves_data
from courses.models import LessonMedia
from courses.renditions import part_of
from courses.wording import megabytes, minutes_and_seconds


@hooks.register("recording_facts")
def recording_facts(media: LessonMedia, request) -> Recording | None:
    """None while nothing of it can be played."""
    if not media.is_ready:
        return None
    file, size = getattr(media, media.type), getattr(media, f"{media.type}_size")
    return Recording(
        kind=media.type,
        url=_url(media, media.type),
        type=content_type(file.name),
        size_text=megabytes(size),
        duration_text=minutes_and_seconds(media.duration),
        captions_url=_url(media, "captions") if media.captions else "",
        poster_url=_url(media, "poster") if media.thumbnail else "",
        saves_data=bool(request) and saves_data(request),
    )


def _url(media: LessonMedia, part: str) -> str:
    """Changes with what is behind it, as lessons' addresses do."""
    return f"{reverse('courses:recording', args=[media.pk, part])}?v={media.version}"


def send_recording(request, media_id: int, part: str) -> HttpResponse:
    """For whoever may open a live page that shows it, and for staff, who look at drafts. Raises
    Http404."""
    media = LessonMedia.objects.filter(pk=media_id).first()
    file = part_of(media, part)
    if not file or not (request.user.is_staff or is_open_to(request.user, media)):
        raise Http404
    return serve_file(request, file.name)
