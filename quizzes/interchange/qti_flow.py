"""PURE: text as the markup of a QTI item."""

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement

from .stem_fields import FIELD


def put_flow(parent: Element, text: str, identifiers: Sequence[str] = ()) -> None:
    """One paragraph; literally where spaces matter. FIELDs become interactions in their order."""
    is_literal = "  " in text or any(line != line.strip(" ") for line in text.split("\n"))
    block = SubElement(parent, "pre" if is_literal else "p")
    fields = iter(identifiers)
    last: Element | None = None
    for piece in _divide(text, is_literal):
        if piece == FIELD:
            last = SubElement(block, "textEntryInteraction", responseIdentifier=next(fields))
        elif piece == "\n" and not is_literal:
            last = SubElement(block, "br")
        elif last is None:
            block.text = (block.text or "") + piece
        else:
            last.tail = (last.tail or "") + piece


def _divide(text: str, is_literal: bool) -> Iterable[str]:
    marks = FIELD if is_literal else FIELD + "\n"
    start = 0
    for place, char in enumerate(text):
        if char in marks:
            yield text[start:place]
            yield char
            start = place + 1
    yield text[start:]
