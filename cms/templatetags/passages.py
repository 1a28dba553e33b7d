"""A body with the anchors of its passages: what `cms.passages` reads, an address can point at."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cms.passages import MARK, Numbering

register = template.Library()
# Blocks whose paragraphs and headings are counted; others get none, whatever their HTML holds.
NUMBERED = {"heading", "paragraph", "quotation"}
WRAPPER = '<div class="block-{}"{}>{}</div>'


@register.simple_tag(takes_context=True)
def anchored(context, body) -> SafeString:
    """The stream `body` rendered as Wagtail does, with an id on each passage."""
    numbering = Numbering()
    blocks = [_render(child, context.flatten(), numbering) for child in body]
    return format_html_join("\n", WRAPPER, blocks)


def _render(child, context: dict, numbering: Numbering) -> tuple[str, SafeString, SafeString]:
    html = child.render(context=context)
    place = SafeString()
    if child.block_type in NUMBERED:
        html = number(html, numbering)
    elif child.block_type == "law_article":
        place = _id(numbering.article(child.value["number"]))
    return child.block_type, place, html


def _id(anchor: str) -> SafeString:
    return format_html(' id="{}"', anchor) if anchor else SafeString()


def number(html: SafeString, numbering: Numbering) -> SafeString:
    def give(found) -> str:
        return f'<{found[1]} id="{numbering.next(found[1])}"'

    return mark_safe(MARK.sub(give, html))  # noqa: S308
