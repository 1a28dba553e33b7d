"""Lessons and courses as cards, with what the member has reached."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Prefetch
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.access import visible_to
from cms.columns import live_columns
from cms.models import ColumnPage
from cms.queries import count_articles_by_column
from courses.domain.prerequisites import first_missing, pages_needed_first
from courses.models import AudioColumnPage, CoursePage, LessonPage, WatchRecord
from courses.outlines import Outline, lessons_after, outlines_of
from courses.wording import about_minutes, clock
from learning.models import Progress
from learning.queries import completed_pages

LEARNERS_CACHE_SECONDS = 600
# So many lessons are tried, in their order, before nothing is offered to go on with.
MOST_LOCKED = 10
COVER = "fill-400x226"


@dataclass(frozen=True)
class LessonCard:
    title: str
    url: str
    scene: str
    image: object
    duration_text: str
    tags: list[str]
    is_done: bool
    learners: int
    number: int | None = None
    is_locked: bool = False


@dataclass(frozen=True)
class ContinueCard:
    title: str
    url: str
    scene: str
    image: object
    duration_text: str
    column: str
    percent: int
    left_text: str


@dataclass(frozen=True)
class CourseCard:
    """`total` and `done` count the required pages."""

    title: str
    url: str
    summary: str
    lesson_count: int
    total: int
    done: int
    is_finished: bool
    life_stages: list[str]
    colour: str = "c-rose"
    icon: str = "book"

    @property
    def percent(self) -> int:
        if self.is_finished:
            return 100
        return 100 * self.done // self.total if self.total else 0


@dataclass(frozen=True)
class ColumnCard:
    """`counts_text`: 18 课 · 6 篇, or 30 集 where its lessons are episodes."""

    title: str
    url: str
    icon: str
    colour: str
    summary: str
    counts_text: str


def lessons_for(member):
    """Live lessons that the member (or anonymous visitor) may open, with what a card shows."""
    return visible_to(member, lessons_with_covers())


def lessons_with_covers():
    covers = get_image_model().objects.prefetch_renditions(COVER)
    lessons = LessonPage.objects.select_related("media", "column")
    return lessons.prefetch_related(Prefetch("cover", covers))


def lesson_cards(member, lessons) -> list[LessonCard]:
    lessons = list(lessons)
    known = member.is_authenticated
    done = completed_pages(member, [lesson.pk for lesson in lessons]) if known else set()
    learners = count_learners(lessons)
    return [
        LessonCard(
            title=lesson.title,
            url=lesson.url,
            scene=lesson.scene,
            image=cover_of(lesson),
            duration_text=duration_text(lesson),
            tags=list(filter(None, [column_title(lesson)])),
            is_done=lesson.pk in done,
            learners=learners[lesson.pk],
        )
        for lesson in lessons
    ]


def cover_of(lesson: LessonPage):
    return lesson.cover.get_rendition(COVER) if lesson.cover else None


def column_title(lesson: LessonPage) -> str:
    """Empty while the column is a draft, or taken down."""
    return lesson.column.title if lesson.column and lesson.column.live else ""


def duration_text(lesson: LessonPage) -> str:
    """Empty for a text, and while a recording is not ready."""
    return clock(lesson.media.duration) if lesson.media and lesson.media.duration else ""


def count_learners(lessons) -> Counter:
    """How many have finished each lesson; a few minutes old, which nobody minds here."""
    keys = {lesson.pk: f"learners:{lesson.pk}" for lesson in lessons}
    known = cache.get_many(keys.values())
    missing = [pk for pk, key in keys.items() if key not in known]
    if missing:
        finished = Progress.objects.filter(page__in=missing).exclude(completed_at=None)
        counts = dict(finished.values_list("page_id").annotate(n=Count("pk")))
        fresh = {keys[pk]: counts.get(pk, 0) for pk in missing}
        cache.set_many(fresh, LEARNERS_CACHE_SECONDS)
        known |= fresh
    return Counter({pk: known[key] for pk, key in keys.items()})


def continue_card(member) -> ContinueCard | None:
    """The lesson to go on with: the last one left unfinished, else the next untouched one."""
    if not member.is_authenticated:
        return None
    lessons = lessons_for(member)
    done = Progress.objects.filter(member=member).exclude(completed_at=None).values("page_id")
    open_records = WatchRecord.objects.filter(member=member).exclude(lesson__in=done)
    record = open_records.order_by("-updated_at").first()
    lesson = lessons.filter(pk=record.lesson_id).first() if record else None
    if lesson is None or is_locked(member, lesson):
        untouched = lessons.exclude(pk__in=done).order_by("path")[:MOST_LOCKED]
        free = (each for each in untouched if not is_locked(member, each))
        record, lesson = None, next(free, None)
    return _continue(lesson, record) if lesson else None


def is_locked(member, lesson: LessonPage) -> bool:
    return first_missing(member=member, needed=pages_needed_first(lesson)) is not None


def _continue(lesson: LessonPage, record: WatchRecord | None) -> ContinueCard:
    seconds = lesson.media.duration if lesson.media else 0
    watched = record.watched / 10 if record else 0
    return ContinueCard(
        title=lesson.title,
        url=lesson.url,
        scene=lesson.scene,
        image=cover_of(lesson),
        duration_text=duration_text(lesson),
        column=column_title(lesson),
        percent=min(100, int(100 * watched / seconds)) if seconds else 0,
        left_text=about_minutes(max(0, seconds - watched)) if seconds else "",
    )


def courses_below(member, parent: Page | None = None):
    """Live courses that the member may open; only those directly below `parent` if it is given."""
    courses = visible_to(member, CoursePage.objects.all()).order_by("path")
    return courses.child_of(parent) if parent else courses


def course_cards(member, courses) -> list[CourseCard]:
    """Cards with what she has finished: a fixed number of queries for any number of courses."""
    courses = list(courses)
    outlines = outlines_of(courses)
    progress = _progress_of(member)
    stages = _life_stages(courses)
    return [
        _course_card(course, outlines[course.pk], progress, stages[course.pk]) for course in courses
    ]


def _course_card(course: CoursePage, outline: Outline, progress: dict, stages) -> CourseCard:
    own = progress.get(course.pk)
    return CourseCard(
        title=course.title,
        url=course.url,
        summary=course.summary,
        lesson_count=sum(item.is_lesson for item in outline.items),
        total=len(outline.required),
        done=outline.count_finished(progress),
        is_finished=bool(own and own.completed_at),
        life_stages=stages,
    )


def _life_stages(courses: list[CoursePage]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    links = CoursePage.life_stages.through.objects.filter(coursepage__in=courses)
    links = links.order_by("lifestage__sort_order", "lifestage")
    for course, name in links.values_list("coursepage", "lifestage__name"):
        names[course].append(name)
    return names


def _progress_of(member) -> dict[int, Progress]:
    if not member.is_authenticated:
        return {}
    return {row.page_id: row for row in Progress.objects.filter(member=member)}


def column_cards(member) -> list[ColumnCard]:
    """The themed columns with how many lessons (for this member) and articles each holds."""
    columns = list(live_columns(member))
    audio = ContentType.objects.get_for_model(AudioColumnPage).pk
    series = [column for column in columns if column.content_type_id == audio]
    lessons, articles = count_lessons(member, series), count_articles_by_column(member)
    return [
        ColumnCard(
            title=column.title,
            url=column.url,
            icon=column.icon,
            colour=f"c-{column.colour}",
            summary=column.summary,
            counts_text=counts_text(lessons[column.pk], articles[column.pk], column in series),
        )
        for column in columns
    ]


def count_lessons(member, series: list[ColumnPage]) -> Counter:
    """By column: the lessons that name it, and the episodes below an audio column."""
    open_to_her = visible_to(member, LessonPage.objects.all())
    named = open_to_her.exclude(column=None).values_list("column_id")
    counts = Counter(dict(named.annotate(n=Count("pk")).order_by()))
    if series:
        below = {column.path: column.pk for column in series}
        parents = open_to_her.annotate(parent=parent_path("path")).filter(parent__in=below)
        rows = parents.order_by().values_list("parent").annotate(n=Count("pk"))
        for path, number in rows:
            counts[below[path]] += number
    return counts


def parent_path(field):
    """For a query of pages: the path of the page above."""
    return Substr(field, 1, Length(field) - Page.steplen)


def counts_text(lessons: int, articles: int, is_series: bool) -> str:
    unit = _("%d 集") if is_series else _("%d 课")
    counts = [(lessons, unit), (articles, _("%d 篇"))]
    return " · ".join(text % number for number, text in counts if number)


def lessons_of_courses(member):
    """Without episodes: a new one every day would leave no room for anything else."""
    series = AudioColumnPage.objects.filter(path=parent_path(OuterRef("path")))
    return lessons_for(member).exclude(Exists(series))


def next_lesson(member, lesson: LessonPage) -> LessonCard | None:
    following = lessons_after(lesson)
    open_to_her = lessons_for(member).in_bulk(following[:1])
    cards = lesson_cards(member, open_to_her.values())
    return cards[0] if cards else None
