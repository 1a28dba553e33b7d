"""Two versions side by side: dates and empty fields in words, Chinese marked by the character.

To Wagtail a run of Chinese without a comma is one word, so one changed character would mark the
whole clause. What it marks as changed is looked at again here, more closely.
"""

import re
from difflib import SequenceMatcher
from html import unescape

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.admin import compare
from wagtail.fields import RichTextField, StreamField

REPLACED = re.compile(
    r'<span class="deletion">([^<]*)</span>\s*<span class="addition">([^<]*)</span>'
)
# A Latin word or number stays whole.
TOKEN = re.compile(r"[A-Za-z0-9_]+|.", re.DOTALL)
# Texts that have less in common are shown one after the other.
ALIKE = 0.5


def refine(html: str) -> SafeString:
    """Within what was replaced, mark the characters that differ."""
    return mark_safe(REPLACED.sub(_refine_pair, html))  # noqa: S308 every text is escaped again


def _refine_pair(pair: re.Match) -> str:
    before, after = (TOKEN.findall(unescape(text)) for text in pair.groups())
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return pair.group()
    changes = []
    for kind, a, a_end, b, b_end in matcher.get_opcodes():
        if kind == "equal":
            changes.append(("equal", "".join(before[a:a_end])))
            continue
        parts = [("deletion", before[a:a_end]), ("addition", after[b:b_end])]
        changes += [(mark, "".join(tokens)) for mark, tokens in parts if tokens]
    return compare.TextDiff(changes).to_html()


class TextComparison(compare.TextFieldComparison):
    def htmldiff(self):
        return refine(super().htmldiff())


class RichTextComparison(compare.RichTextFieldComparison):
    def htmldiff(self):
        return refine(super().htmldiff())


class StreamComparison(compare.StreamFieldComparison):
    def htmldiff(self):
        return refine(super().htmldiff())


class WordedComparison(compare.FieldComparison):
    """For values that are no texts."""

    def htmldiff(self):
        before, after = say(self.val_a), say(self.val_b)
        if self.val_a == self.val_b:
            return escape(after)
        return compare.TextDiff([("deletion", before), ("addition", after)], " ").to_html()


def say(value) -> str:
    """2026年12月1日 08:00, 是, 没有填"""
    if value is None:
        return _("没有填")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if hasattr(value, "tzinfo"):
        return date_format(timezone.localtime(value), "Y年n月j日 H:i")
    return date_format(value, "Y年n月j日") if hasattr(value, "year") else str(value)


def register_comparisons() -> None:
    for fields, comparison in (
        ((models.CharField, models.TextField), TextComparison),
        ((RichTextField,), RichTextComparison),
        ((StreamField,), StreamComparison),
        (
            (models.DateField, models.DateTimeField, models.BooleanField, models.IntegerField),
            WordedComparison,
        ),
    ):
        for field in fields:
            compare.register_comparison_class(field, comparison_class=comparison)
