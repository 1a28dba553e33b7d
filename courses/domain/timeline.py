"""What of a lesson is credited: its recording, or the reading time of its text."""

from dataclasses import asdict, dataclass

from django.core.cache import cache

from cms.access import is_members_only
from courses.domain.prerequisites import pages_needed_first
from courses.models import LessonPage
from courses.paragraphs import read_text

# Pages that are published, moved or taken away are forgotten at once (courses.receivers); another
# recording in the library is noticed after this.
CACHE_SECONDS = 60


@dataclass(frozen=True)
class Timeline:
    """`length` in tenths of a second; `version` names the recording or the wording; `needed` are
    the pages to finish before this lesson opens."""

    lesson_id: int
    version: str
    length: int
    is_members_only: bool
    needed: tuple[int, ...] = ()


def timeline_of(lesson: LessonPage) -> Timeline:
    if lesson.media_id:
        version, length = f"m{lesson.media_id}-{lesson.media.version}", duration_of(lesson)
    else:
        text = read_text(lesson.body)
        version, length = f"t{text.version}", text.length
    needed = tuple(pages_needed_first(lesson))
    return Timeline(lesson.pk, version, length, is_members_only(lesson), needed)


def duration_of(lesson: LessonPage) -> int:
    """The recording's length in tenths of a second; 0 for a text."""
    return round(lesson.media.duration * 10) if lesson.media else 0


def find_timeline(lesson_id: int) -> Timeline | None:
    """A live lesson's timeline, at most a minute old; None when there is no such lesson."""
    key = _key(lesson_id)
    known = cache.get(key)
    if known is None:
        lesson = LessonPage.objects.live().select_related("media").filter(pk=lesson_id).first()
        known = asdict(timeline_of(lesson)) if lesson else {}
        cache.set(key, known, CACHE_SECONDS)
    return Timeline(**known) if known else None


def forget_timeline(lesson_id: int) -> None:
    cache.delete(_key(lesson_id))


def _key(lesson_id: int) -> str:
    return f"timeline:{lesson_id}"
