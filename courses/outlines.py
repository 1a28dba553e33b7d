"""A course's layout as plain data: which lessons and quizzes, in which order, what is required."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from courses.models import CoursePage, LessonPage
from learning.models import Progress


@dataclass(frozen=True)
class Item:
    page_id: int
    is_lesson: bool
    is_required: bool

    def finished_at(self, progress: Progress | None, *, needs_pass: bool) -> datetime | None:
        """When the member behind `progress` finished it, as the course counts it."""
        if progress is None:
            return None
        is_test = needs_pass and not self.is_lesson
        return progress.passed_at if is_test else progress.completed_at


@dataclass(frozen=True)
class Section:
    title: str
    items: list[Item]


@dataclass(frozen=True)
class Outline:
    """`sections`: what the editor laid out, then what she has not placed (yet), as optional."""

    course_id: int
    needs_pass: bool
    sections: list[Section]
    # Quizzes that do not tell yet how people did: whether she passed must not show here either.
    untold: frozenset[int] = frozenset()

    @property
    def items(self) -> list[Item]:
        return [item for section in self.sections for item in section.items]

    @property
    def required(self) -> list[Item]:
        return [item for item in self.items if item.is_required]

    def count_finished(self, progress: dict[int, Progress]) -> int:
        """How many of the required pages are finished; `progress` is a member's, by page."""
        return sum(self.moment(item, progress) is not None for item in self.required)

    def moment(self, item: Item, progress: dict[int, Progress]) -> datetime | None:
        if self.needs_pass and item.page_id in self.untold:
            return None
        return item.finished_at(progress.get(item.page_id), needs_pass=self.needs_pass)

    def required_lessons_before(self, page_id: int) -> list[int]:
        """Ids of the required lessons that come before the page; all if it is not here."""
        before = []
        for item in self.items:
            if item.page_id == page_id:
                break
            if item.is_required and item.is_lesson:
                before.append(item.page_id)
        return before


def outlines_of(courses: Iterable[CoursePage]) -> dict[int, Outline]:
    """Outlines by course id: a fixed number of queries for any number of courses."""
    courses = list(courses)
    children = _live_children(courses)
    has_tests = any(
        course.needs_pass and not all(children[course.path].values()) for course in courses
    )
    untold = _find_untold() if has_tests else frozenset()
    return {course.pk: _outline(course, children[course.path], untold) for course in courses}


def _find_untold() -> frozenset[int]:
    """Pages that the hooks `pages_hiding_scores` name, functions of a moment."""
    now = timezone.now()
    return frozenset().union(*(find(now) for find in hooks.get_hooks("pages_hiding_scores")))


def outline_of(course: CoursePage) -> Outline:
    return outlines_of([course])[course.pk]


def lessons_after(lesson: LessonPage) -> list[int]:
    """Ids of the lessons that follow in its course's order, or its audio column's."""
    course = CoursePage.objects.filter(path=lesson.path[: -Page.steplen]).first()
    if course is None:
        following = LessonPage.objects.live().sibling_of(lesson).filter(path__gt=lesson.path)
        return list(following.order_by("path").values_list("pk", flat=True))
    items = outline_of(course).items
    lessons = [item.page_id for item in items if item.is_lesson]
    return lessons[lessons.index(lesson.pk) + 1 :] if lesson.pk in lessons else []


def _live_children(courses: list[CoursePage]) -> dict[str, dict[int, bool]]:
    """By the course's path: its live pages by id in the tree's order, each with "is a lesson"."""
    lesson_type = ContentType.objects.get_for_model(LessonPage).pk
    pages = Page.objects.live().filter(depth__in={course.depth + 1 for course in courses})
    if len(courses) == 1:
        pages = pages.child_of(courses[0])
    children: dict[str, dict[int, bool]] = defaultdict(dict)
    rows = pages.order_by("path").values_list("pk", "path", "content_type_id")
    for pk, path, content_type in rows:
        children[path[: -Page.steplen]][pk] = content_type == lesson_type
    return children


def _outline(course: CoursePage, children: dict[int, bool], untold: frozenset[int]) -> Outline:
    placed: set[int] = set()
    sections = []
    for block in course.outline.raw_data:
        items = [_read(raw, children) for raw in block["value"]["items"]]
        kept = [item for item in items if item and item.page_id not in placed]
        placed.update(item.page_id for item in kept)
        if kept:
            sections.append(Section(block["value"]["title"], kept))
    rest = [
        # Nothing laid out: the lessons are the course, and its quizzes are for practice.
        Item(pk, is_lesson, is_required=is_lesson and not sections)
        for pk, is_lesson in children.items()
        if pk not in placed
    ]
    if rest:
        sections.append(Section(_("更多内容") if sections else "", rest))
    return Outline(course.pk, course.needs_pass, sections, untold)


def _read(raw: dict, children: dict[int, bool]) -> Item | None:
    """An item of the stored outline, without loading its page; None where it is not live here."""
    value = raw.get("value", raw)
    page_id = value["page"]
    if page_id not in children:
        return None
    return Item(page_id, children[page_id], is_required=bool(value["is_required"]))
