"""Pieces of the list of people that look the same for everybody: made once for each process."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def people_words(is_period: bool) -> SafeString:
    """What the words of the list mean."""
    return _render_words(is_period, get_language())


@cache
def _render_words(is_period: bool, _language: str) -> SafeString:
    return render_to_string("pages/desk/people/_words.html", {"is_period": is_period})
