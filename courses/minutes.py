"""How long lessons and courses take, for whoever counts what is left (hook `page_minutes`)."""

from collections import defaultdict
from collections.abc import Collection
from math import ceil

from wagtail import hooks
from wagtail.models import Page

from courses.domain.reading import reading_seconds
from courses.models import CoursePage, LessonPage
from learning.models import Progress


@hooks.register("page_minutes")
def lesson_minutes(member, page_ids: Collection[int]) -> dict[int, int]:
    """Lessons by their length; a course by its live lessons that she has not finished."""
    courses = dict(CoursePage.objects.filter(pk__in=page_ids).values_list("path", "pk"))
    asked = LessonPage.objects.filter(pk__in=page_ids) | _below(courses)
    lessons = list(asked.select_related("media").only("path", "live", "body", "media__duration"))
    done = Progress.objects.filter(member=member, page__in=[each.pk for each in lessons])
    finished = set(done.filter(completed_at__isnull=False).values_list("page_id", flat=True))
    minutes: dict[int, int] = defaultdict(int)
    for lesson in lessons:
        length = _minutes(lesson)
        if lesson.pk in page_ids:
            minutes[lesson.pk] = length
        course = courses.get(lesson.path[: -Page.steplen])
        if course and lesson.live and lesson.pk not in finished:
            minutes[course] += length
    return dict(minutes)


def _below(course_paths: Collection[str]):
    """Lessons lie right below their course: their path is the course's and one step."""
    lessons = LessonPage.objects.none()
    for path in course_paths:
        lessons |= LessonPage.objects.filter(path__startswith=path)
    return lessons


def _minutes(lesson: LessonPage) -> int:
    seconds = lesson.media.duration if lesson.media else reading_seconds(lesson)
    return max(1, ceil(seconds / 60))
