"""Texts of questions, with the pictures and recordings that their markers name.

`{{ text|question_text }}` for what is read on its own, `{{ text|plain_question_text }}` for lists
and pickers. A page with several questions calls `quizzes.question_media.prefetch_media` first.
"""

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from quizzes.question_media import find_pictures, find_recordings
from quizzes.question_types.markers import AUDIO, MARKER, PICTURE, drop_markers, find_marked

register = template.Library()


@register.filter
def question_text(text: str) -> SafeString:
    """The escaped text with its line breaks; each marker becomes its picture or its player."""
    text = str(text)
    pictures = find_pictures(find_marked([text], PICTURE))
    recordings = find_recordings(find_marked([text], AUDIO))
    pieces, end = [], 0
    for marker in MARKER.finditer(text):
        kind, file_id = marker[1], int(marker[2])
        shown = (
            _show_picture(pictures[file_id])
            if kind == PICTURE
            else _show_recording(file_id, recordings[file_id])
        )
        pieces += [_show_words(text[end : marker.start()]), shown]
        end = marker.end()
    return mark_safe("".join([*pieces, _show_words(text[end:])]))  # noqa: S308 every piece is escaped


@register.filter
def plain_question_text(text: str) -> str:
    """The words alone, escaped by the template as any text."""
    return drop_markers(str(text))


def _show_words(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _show_picture(facts: dict) -> str:
    if not facts:
        return _say_missing(_("（这张图片暂时看不到，不影响你继续答题。）"))
    return format_html(
        '<img class="q-img" src="{url}" alt="{alt}" width="{width}" height="{height}"'
        ' loading="lazy">',
        **facts,
    )


def _show_recording(file_id: int, facts: dict) -> str:
    if not facts:
        return _say_missing(_("（这段录音暂时听不到，不影响你继续答题。）"))
    return format_html(
        '<audio class="q-audio" controls preload="none" src="{}" aria-label="{}"></audio>',
        reverse("quizzes:media", args=[file_id]),
        facts["title"],
    )


def _say_missing(words: str) -> str:
    return format_html('<span class="muted">{}</span>', words)
