"""What the search knows about courses and lessons."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.query import PageQuerySet

from cms.models import ColumnPage
from cms.passages import Passage, as_text
from cms.search.kinds import HOOK, SearchKind
from courses.models import AudioColumnPage, CoursePage, LessonPage


def read_lesson(page: LessonPage) -> list[Passage]:
    texts = [page.points, as_text(page.body), as_text(page.transcript)]
    lines = (line for text in texts for line in text.splitlines())
    return [Passage("", "", line) for line in lines if line.strip()]


def lessons_of(column: ColumnPage) -> PageQuerySet:
    """The episodes of an audio column lie below it."""
    lessons = LessonPage.objects
    return lessons.filter(column=column) | lessons.child_of(column)


@hooks.register(HOOK, order=200)
def courses():
    return [
        SearchKind(
            name="lesson",
            label=_("微课"),
            model=LessonPage,
            icon="play",
            read_passages=read_lesson,
            in_column=lessons_of,
        ),
        SearchKind(name="course", label=_("课程"), model=CoursePage, icon="book"),
    ]


@hooks.register(HOOK, order=650)
def audio_columns():
    return [SearchKind(name="listening", label=_("听书"), model=AudioColumnPage, icon="headphones")]
