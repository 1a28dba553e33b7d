"""What the templates show about a course as a whole."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from cms.cards import Card, cards_for
from courses.domain.prerequisites import first_missing
from courses.models import CoursePage
from courses.outlines import Outline, outline_of
from courses.queries import course_cards, courses_below, lesson_cards, lessons_for
from learning.models import Progress

LESSON_CARD = "components/lesson_card.html"
COURSE_CARD = "components/course_card.html"


@dataclass(frozen=True)
class ShownItem:
    card: Card
    is_optional: bool


@dataclass(frozen=True)
class ShownSection:
    title: str
    items: list[ShownItem]


@hooks.register("page_cards")
def draw_lessons(request, page_ids):
    lessons = list(lessons_for(request.user).filter(pk__in=page_ids))
    cards = lesson_cards(request.user, lessons)
    return {lesson.pk: Card(LESSON_CARD, card) for lesson, card in zip(lessons, cards, strict=True)}


@hooks.register("page_cards")
def draw_courses(request, page_ids):
    courses = list(courses_below(request.user).filter(pk__in=page_ids))
    cards = course_cards(request.user, courses)
    return {course.pk: Card(COURSE_CARD, card) for course, card in zip(courses, cards, strict=True)}


@hooks.register("page_context:courses.coursepage")
def course_context(page: CoursePage, request):
    outline = outline_of(page)
    cards = cards_for(request, [item.page_id for item in outline.items])
    progress = read_progress(request.user, outline)
    needed = missing_course(page, request.user)
    return {
        "sections": show_sections(page, outline, cards, progress, is_locked=needed is not None),
        "lesson_count": sum(item.is_lesson for item in outline.items),
        "teacher": page.teacher,
        "stage": page.get_stage_display(),
        "life_stages": [stage.name for stage in page.life_stages.all()],
        "progress": course_cards(request.user, [page])[0] if progress is not None else None,
        "needed": needed,
        "rules": rule_texts(page, outline),
        "tab": "courses",
    }


def read_progress(member, outline: Outline) -> dict[int, Progress] | None:
    """By page; None for an anonymous visitor."""
    if not member.is_authenticated:
        return None
    pages = [item.page_id for item in outline.items]
    return {row.page_id: row for row in Progress.objects.filter(member=member, page__in=pages)}


def missing_course(page: CoursePage, member) -> Page | None:
    """The course to finish before this one; visitors have nothing recorded and may look around."""
    if not member.is_authenticated:
        return None
    needed = list(page.prerequisites.live().values_list("pk", flat=True))
    return first_missing(member=member, needed=needed)


def show_sections(
    page: CoursePage,
    outline: Outline,
    cards: dict[int, Card],
    progress: dict[int, Progress] | None,
    *,
    is_locked: bool,
) -> list[ShownSection]:
    """The sections with their cards; lessons carry their number, and a lock while one is on."""
    sections, number = [], 0
    waits = page.is_sequential and progress is not None
    for section in outline.sections:
        items = []
        for item in section.items:
            card = cards.get(item.page_id)
            if card is not None and item.is_lesson:
                number += 1
                locked = is_locked and not card.facts.is_done
                facts = replace(card.facts, number=number, is_locked=locked)
                card = replace(card, facts=facts)
            if card is not None:
                items.append(ShownItem(card, is_optional=not item.is_required))
            if waits and item.is_lesson and item.is_required:
                is_locked = is_locked or outline.moment(item, progress) is None
        if items:
            sections.append(ShownSection(section.title, items))
    return sections


def rule_texts(page: CoursePage, outline: Outline) -> list[str]:
    """What completes the course, in a few words."""
    required = outline.required
    if not required:
        return []
    texts = [_("学完必学的 %d 项，就学完了这门课") % len(required)]
    if page.needs_pass and any(not item.is_lesson for item in required):
        texts.append(_("测验要及格"))
    if page.is_sequential:
        texts.append(_("微课要按顺序学"))
    return texts
