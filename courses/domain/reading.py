"""Text lessons: read to the end in a plausible time."""

from datetime import datetime

from courses.domain.prerequisites import first_missing, pages_needed_first
from courses.domain.watching import LessonClosed
from courses.models import LessonPage
from courses.paragraphs import read_text
from learning.domain.progress import complete_page, start_page
from learning.models import Progress
from members.models import Member


def reading_seconds(lesson: LessonPage) -> int:
    """The shortest plausible reading time of the lesson's text."""
    return -(-read_text(lesson.body).length // 10)


def finish_reading(*, member: Member, lesson: LessonPage, now: datetime) -> int:
    """Finish a text lesson; returns 0, or how many seconds are missing from a plausible time.

    Raises LessonClosed.
    """
    if first_missing(member=member, needed=pages_needed_first(lesson)):
        raise LessonClosed
    start_page(member=member, page_id=lesson.pk, now=now)
    started_at = Progress.objects.get(member=member, page_id=lesson.pk).started_at
    missing = reading_seconds(lesson) - int((now - started_at).total_seconds())
    if missing > 0:
        return missing
    seconds = reading_seconds(lesson)
    complete_page(member=member, page_id=lesson.pk, now=now, seconds=seconds)
    return 0
