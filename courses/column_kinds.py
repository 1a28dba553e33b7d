"""Lessons of a themed column."""

from dataclasses import replace

from django.db.models import Q
from django.utils.feedgenerator import Enclosure
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.cards import Card
from cms.columns import ColumnKind, children_of
from courses.course_contexts import LESSON_CARD
from courses.models import LessonPage
from courses.models.media import version_of
from courses.queries import lesson_cards, lessons_with_covers
from courses.showing import play_url


def draw_lessons(request, ids):
    lessons = list(lessons_with_covers().filter(pk__in=ids))
    # In its own column's list a lesson need not name the column.
    cards = [replace(card, tags=[]) for card in lesson_cards(request.user, lessons)]
    return {page.pk: Card(LESSON_CARD, card) for page, card in zip(lessons, cards, strict=True)}


def lessons_in(column, _member) -> Q:
    """Those that name the column, and the episodes below an audio column."""
    named = LessonPage.objects.filter(column=column.pk).order_by().values("pk")
    return Q(pk__in=named) | children_of(column, LessonPage)


def enclose_sound(request, lesson) -> list[Enclosure]:
    """The sound of a lesson that everybody may open: podcast players do not sign in."""
    if not lesson.feed_sound_size:
        return []
    address = play_url(lesson.pk, version_of(lesson.feed_recording))
    url = request.build_absolute_uri(address)
    return [Enclosure(url, str(lesson.feed_sound_size), "audio/mp4")]


@hooks.register("column_kinds")
def lessons():
    return ColumnKind(
        slug="lessons",
        label=_("微课"),
        order=200,
        model=LessonPage,
        is_in=lessons_in,
        draw=draw_lessons,
        feed_facts={
            "sound_size": "lessonpage__media__audio_size",
            "recording": "lessonpage__media__encoded_file",
        },
        enclose=enclose_sound,
    )
