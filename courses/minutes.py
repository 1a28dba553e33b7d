"""How long lessons and courses take, for whoever counts what is left (hook `page_minutes`)."""

from collections.abc import Collection
from math import ceil

from wagtail import hooks

from courses.domain.reading import reading_seconds
from courses.models import CoursePage, LessonPage
from courses.outlines import outlines_of
from learning.minutes import page_minutes
from learning.queries import completed_pages


@hooks.register("page_minutes")
def lesson_minutes(member, page_ids: Collection[int]) -> dict[int, int]:
    """Lessons by their length; a course by what it requires and she has not finished."""
    courses = CoursePage.objects.filter(pk__in=page_ids)
    outlines = outlines_of(courses) if courses else {}
    required = {pk: {item.page_id for item in outline.required} for pk, outline in outlines.items()}
    asked = set(page_ids).union(*required.values())
    lessons = LessonPage.objects.filter(pk__in=asked).select_related("media")
    lengths = {lesson.pk: _minutes(lesson) for lesson in lessons.only("body", "media__duration")}
    done = completed_pages(member, asked) if required else set()
    quizzes = set().union(*required.values()) - lengths.keys() - done
    lengths |= page_minutes(member, quizzes) if quizzes else {}
    minutes = {pk: length for pk, length in lengths.items() if pk in page_ids}
    for course, inside in required.items():
        minutes[course] = sum(lengths.get(pk, 0) for pk in inside - done)
    return minutes


def _minutes(lesson: LessonPage) -> int:
    seconds = lesson.media.duration if lesson.media else reading_seconds(lesson)
    return max(1, ceil(seconds / 60))
