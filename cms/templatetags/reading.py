"""Texts and their length, and data for search engines."""

import json
from dataclasses import dataclass

from django import template
from django.utils.safestring import SafeString, mark_safe

from cms.reading import measure

register = template.Library()
# As Django's json_script has them.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Text:
    """Rendered once, to be measured and shown."""

    html: SafeString
    minutes: int


@register.simple_block_tag
def measured(content):
    """`{% measured as text %}…{% endmeasured %}`: `text.html`, and `text.minutes` to read it."""
    return Text(html=content, minutes=measure(content).minutes)


@register.simple_tag
def json_ld(facts: dict) -> SafeString:
    """A data block that no text can end, and that no browser runs."""
    text = json.dumps(facts, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 escaped
