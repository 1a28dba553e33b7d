"""The words of simple HTML: as plain text, as lines, as what stands inside a paragraph. Pure."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from django.utils.html import escape

BLANKS = " \t\r\n\u00a0\u3000"
LINKS = ("http://", "https://", "mailto:")
BLOCKS = {"p", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
# How the converter leads from a note back to its place.
BACK = ("#footnote-ref", "#endnote-ref")


def text_of(element: Element) -> str:
    """Plain text without the indent that Chinese paragraphs are typed with."""
    if element.tag == "br":
        return "\n"
    own = "".join([element.text or "", *(text_of(each) + (each.tail or "") for each in element)])
    return own.strip(BLANKS) if element.tag in BLOCKS else own


def lines_of(element: Element) -> str:
    """A cell's paragraphs, one under the other."""
    lines: list[str] = []

    def walk(part: Element) -> None:
        blocks = [each for each in part if each.tag in BLOCKS or any(True for _ in each)]
        if part.tag in BLOCKS - {"tr"} or not blocks:
            lines.append(text_of(part).strip(BLANKS))
            return
        for each in part:
            walk(each)

    walk(element)
    return "\n".join(filter(None, lines))


def inline(element: Element, take_picture: Callable[[Element], None]) -> str:
    """HTML of what stands inside a paragraph; pictures are handed to `take_picture`."""
    parts = [escape(element.text or "")]
    for child in element:
        parts += [_tag(child, take_picture), escape(child.tail or "")]
    return "".join(parts)


def _tag(element: Element, take_picture: Callable[[Element], None]) -> str:
    if element.tag == "img":
        take_picture(element)
        return ""
    if element.tag == "br":
        return "<br/>"
    address = element.get("href", "") if element.tag == "a" else ""
    if address.startswith(BACK):
        return ""
    words = inline(element, take_picture)
    if not words.strip(BLANKS):
        return words
    if address.lower().startswith(LINKS):
        return f'<a href="{escape(address)}">{words}</a>'
    return f"<b>{words}</b>" if element.tag in ("b", "strong") else words


def trim(html: str) -> str:
    """Without blanks and empty lines at either end."""
    html = html.strip(BLANKS)
    while html.startswith("<br/>") or html.endswith("<br/>"):
        html = html.removeprefix("<br/>").removesuffix("<br/>").strip(BLANKS)
    return html
