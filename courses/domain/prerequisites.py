"""What a member must finish before she may take a lesson."""

from collections.abc import Collection

from wagtail.models import Page

from courses.models import CoursePage, LessonPage
from courses.outlines import outline_of
from learning.queries import completed_pages
from members.models import Member


def pages_needed_first(lesson: LessonPage) -> list[int]:
    """Ids of the pages that must be finished before the lesson: other courses, earlier lessons."""
    course = CoursePage.objects.filter(path=lesson.path[: -Page.steplen]).first()
    if course is None:
        return []
    needed = list(course.prerequisites.live().values_list("pk", flat=True))
    if course.is_sequential:
        needed += outline_of(course).required_lessons_before(lesson.pk)
    return needed


def first_missing(
    *, member: Member, needed: Collection[int], lesson_id: int | None = None
) -> Page | None:
    """The first of `needed` that she has not finished, or None: the way is free.

    It stays free to the lesson `lesson_id` once she has finished that.
    """
    if not needed:
        return None
    done = completed_pages(member, {*needed, lesson_id} - {None})
    missing = set() if lesson_id in done else set(needed) - done
    # What was taken away meanwhile holds up nobody.
    live = Page.objects.live().in_bulk(missing) if missing else {}
    return next((live[pk] for pk in needed if pk in live), None)


def leads_back(course: CoursePage, prerequisites) -> CoursePage | None:
    """The prerequisite from which `course` itself would be needed first: nobody could begin."""
    for start in prerequisites:
        seen, ahead = set(), [start]
        while ahead:
            each = ahead.pop()
            if each.pk == course.pk:
                return start
            if each.pk not in seen:
                seen.add(each.pk)
                ahead += each.prerequisites.all()
    return None
