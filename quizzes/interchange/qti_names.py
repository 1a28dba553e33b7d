"""PURE: one spelling for the names of QTI 2.x and 3.0, and texts in its markup.

QTI 2.1: https://www.imsglobal.org/question/qtiv2p1/imsqti_infov2p1.html
QTI 3.0: https://www.imsglobal.org/spec/qti/v3p0/impl
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from .stem_fields import FIELD

_BLOCKS = frozenset(
    ("p", "div", "li", "ul", "ol", "dl", "dd", "dt", "pre", "blockquote", "tr", "table")
) | {f"h{level}" for level in range(1, 7)}
_CELLS = frozenset(["td", "th"])
_PASSED_OVER = frozenset(["rubricblock", "feedbackblock", "feedbackinline", "stylesheet", "prompt"])
_MEDIA = frozenset(["img", "object", "audio", "video", "picture", "math", "svg"])
_WRAPPED_CHINESE = re.compile(r"(?<=[^\x00-\x7f])[ \t]*\n\s*(?=[^\x00-\x7f])")
_SPACES = re.compile(r"[ \t\r\n]+")
# Between two blocks; whatever number of them makes one line end.
_EDGE = "\x00"
# XML holds no control characters: here they stand for the spaces inside <pre>.
_KEPT = str.maketrans(" \n", "\x01\x02")
_FREED = str.maketrans("\x01\x02", " \n")
_AROUND_BREAK = re.compile(r" ?\n ?")


def local(name: str) -> str:
    """ "{…}choiceInteraction" and "{…}qti-choice-interaction" → "choiceinteraction" """
    return name.rpartition("}")[2].lower().removeprefix("qti-").replace("-", "")


def attribute(element: Element, name: str, default: str = "") -> str:
    found = (value for key, value in element.attrib.items() if local(key) == name)
    return next(found, default)


def find_all(element: Element, *names: str) -> Iterator[Element]:
    return (each for each in element.iter() if local(each.tag) in names)


def find_one(element: Element, name: str) -> Element | None:
    return next(find_all(element, name), None)


def has_media(element: Element) -> bool:
    return next(find_all(element, *_MEDIA), None) is not None


def read_flow(element: Element | None) -> str:
    """The text with a line for each block and <br/>; FIELD for each textEntryInteraction."""
    if element is None:
        return ""
    pieces: list[str] = []
    _walk(element, pieces, is_literal=False)
    blocks = "".join(pieces).split(_EDGE)
    return "\n".join(text for block in blocks if (text := _strip_lines(block)))


def _walk(element: Element, pieces: list[str], *, is_literal: bool) -> None:
    name = local(element.tag)
    is_literal = is_literal or name == "pre"
    edge = _EDGE if name in _BLOCKS else ""
    if name in _CELLS and not next(filter(None, reversed(pieces)), _EDGE).endswith((" ", _EDGE)):
        pieces.append(" ")
    pieces += [edge, "\n" if name == "br" else "", _tidy(element.text, is_literal)]
    for child in element:
        child_name = local(child.tag) if isinstance(child.tag, str) else "stylesheet"
        if child_name == "textentryinteraction":
            pieces.append(FIELD)
        elif child_name not in _PASSED_OVER and not child_name.endswith("interaction"):
            _walk(child, pieces, is_literal=is_literal)
        pieces.append(_tidy(child.tail, is_literal))
    pieces.append(edge)


def _tidy(text: str | None, is_literal: bool) -> str:
    text = (text or "").replace(FIELD, "")
    if is_literal:
        return text.translate(_KEPT)
    return _SPACES.sub(" ", _WRAPPED_CHINESE.sub("", text))


def _strip_lines(block: str) -> str:
    """Spaces around a <br/> come from the file's own layout; those inside <pre> are meant."""
    return _AROUND_BREAK.sub("\n", block).strip(" \n").translate(_FREED).strip(" \n")
