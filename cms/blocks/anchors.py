"""A body whose passages carry their anchors: what `cms.passages` reads, an address can point at."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail import blocks

from cms.passages import MARK, Numbering

# Blocks whose paragraphs and headings are counted; others get none, whatever their HTML holds.
NUMBERED = {"heading", "subheading", "paragraph", "quotation"}
WRAPPER = '<div class="block-{}"{}>{}{}</div>'
# Works as it is; static/js/copy-link.js makes it copy the address.
LINK = '<a class="to-here" href="#{}" data-copied="{}">{}<span class="vh">：{}</span></a>'


class AnchoredStreamBlock(blocks.StreamBlock):
    def render_basic(self, value, context=None):
        numbering = Numbering()
        parts = [_render(child, context, numbering) for child in value]
        return format_html_join("\n", WRAPPER, parts)


def _render(child, context, numbering: Numbering) -> tuple[str, SafeString, SafeString, SafeString]:
    """The kind of a block, its place, the link to it, and its HTML."""
    html, place, link = child.render(context=context), SafeString(), SafeString()
    if child.block_type in NUMBERED:
        html = _number(html, numbering)
    elif child.block_type == "law_article":
        number = child.value["number"]
        if anchor := numbering.article(number):
            place = format_html(' id="{}"', anchor)
            link = _link_to(anchor, child.value, context)
    return child.block_type, place, link, html


def _link_to(anchor: str, value, context) -> SafeString:
    """On the law's own page; elsewhere the article is only quoted."""
    page = (context or {}).get("page")
    if page is None or page.title != value["law"]:
        return SafeString()
    return format_html(LINK, anchor, _("已复制"), _("链接"), value["number"])


def _number(html: SafeString, numbering: Numbering) -> SafeString:
    def give(found) -> str:
        return f'<{found[1]} id="{numbering.next(found[1])}"'

    return mark_safe(MARK.sub(give, html))  # noqa: S308
