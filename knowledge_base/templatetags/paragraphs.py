"""Numbered paragraphs: an address can point at one, as `#p3`."""

import re
from itertools import count

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
PARAGRAPH = re.compile(r"<p(?=[\s>])")


@register.filter
def number_paragraphs(html: SafeString) -> SafeString:
    """Rendered HTML with ids p1, p2 … on its paragraphs, as a reader counts them."""
    numbers = count(1)
    return mark_safe(PARAGRAPH.sub(lambda _: f'<p id="p{next(numbers)}"', html))  # noqa: S308
