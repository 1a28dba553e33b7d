"""An audio column as she listens to it: one episode in the player, and the list in order."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from wagtail import hooks

from cms.access import visible_to
from cms.columns import NEWEST_FIRST
from courses.domain.timeline import timeline_of
from courses.domain.watching import open_lesson
from courses.models import AudioColumnPage, LessonPage
from courses.queries import duration_text
from courses.showing import play_url
from courses.wording import megabytes
from learning.queries import completed_pages
from members.converters import read_number

PER_PAGE = 50


@dataclass(frozen=True)
class EpisodeRow:
    """`url` puts it into the player; a text, which has no sound, is read on its own page."""

    pk: int
    number: int
    title: str
    url: str
    duration_text: str
    date: datetime | None
    is_heard: bool
    is_chosen: bool
    has_sound: bool


def episodes_for(member, column: AudioColumnPage):
    """Live episodes that she may open, in the order in which they are played."""
    lessons = LessonPage.objects.child_of(column).select_related("media")
    return visible_to(member, lessons).order_by("path")


@hooks.register("page_context:courses.audiocolumnpage")
def audio_context(page, request):
    episodes = episodes_for(request.user, page)
    newest = episodes.order_by(*NEWEST_FIRST).first()
    asked = read_number(request.GET.get("e", ""))
    chosen = episodes.filter(pk=asked).first() if asked else None
    chosen = chosen or newest
    if chosen is None:
        return {"episode": None, "rows": []}
    shown = page_around(episodes, chosen, request.GET.get("p"))
    return {
        "episode": playing_facts(chosen, request),
        "is_newest": chosen == newest,
        "is_today": _is_today(chosen),
        "next": episodes.filter(path__gt=chosen.path).first(),
        "rows": list_rows(request.user, shown, chosen),
        "page_obj": shown,
    }


def page_around(episodes, chosen: LessonPage, asked: str | None):
    """The page that is asked for, else the one with the episode in the player."""
    pages = Paginator(episodes, PER_PAGE)
    before = episodes.filter(path__lt=chosen.path).count()
    return pages.get_page(asked or before // PER_PAGE + 1)


def list_rows(member, shown, chosen: LessonPage) -> list[EpisodeRow]:
    episodes = list(shown.object_list)
    ids = [episode.pk for episode in episodes]
    heard = completed_pages(member, ids) if member.is_authenticated else set()
    return [
        EpisodeRow(
            pk=episode.pk,
            number=number,
            title=episode.title,
            url=f"?e={episode.pk}" if has_sound(episode) else episode.url,
            duration_text=duration_text(episode),
            date=episode.first_published_at,
            is_heard=episode.pk in heard,
            is_chosen=episode == chosen,
            has_sound=has_sound(episode),
        )
        for number, episode in enumerate(episodes, start=shown.start_index())
    ]


def playing_facts(episode: LessonPage, request) -> dict:
    """What the player needs. A member's listening is credited from now on."""
    facts = {
        "id": episode.pk,
        "title": episode.title,
        "summary": episode.summary,
        "url": episode.url,
        "src": "",
        "position": 0,
    }
    if not has_sound(episode):
        return facts
    facts |= {
        "src": play_url(episode.pk, episode.media.version),
        "size_text": megabytes(episode.media.audio_size),
        "duration_text": duration_text(episode),
    }
    if request.user.is_authenticated and not getattr(request, "is_preview", False):
        lesson = timeline_of(episode)
        opened = open_lesson(member=request.user, lesson=lesson, now=timezone.now())
        facts |= {
            "version": lesson.version,
            "watch_url": reverse("courses:watch", args=[episode.pk]),
            "position": opened.position / 10,
        }
    return facts


def has_sound(episode: LessonPage) -> bool:
    return bool(episode.media and episode.media.audio)


def _is_today(episode: LessonPage) -> bool:
    published = episode.first_published_at
    return published is not None and localdate(published) == localdate()
