"""The paragraphs of a Word document, read in a stream.

Word's own numbering is not part of the text; it is counted here, as Word shows it.
WordprocessingML: ISO/IEC 29500-1, 17.3 and 17.9.
"""

from collections import Counter
from dataclasses import dataclass, field

from federations.workbooks import Archive
from federations.workbooks.limits import TooLarge
from federations.workbooks.xml import local_name, parse

DOCUMENT, NUMBERING, STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
MAX_PARAGRAPHS = 200_000
MAX_CHARS = 12_000_000
BLANK = "____"
# What plain text would lose.
_MEDIA = {"drawing": "图片", "pict": "图片", "object": "图片", "oMath": "公式"}
_NO_UNDERLINE = ("none", "0", "false")

Attributes = dict[str, str]


@dataclass(slots=True)
class Paragraph:
    """`number` counts from 1 over all paragraphs; `label` is what Word's numbering shows there,
    "1" or "A", "" without; `lost` names what is no text."""

    number: int
    text: str = ""
    label: str = ""
    lost: set[str] = field(default_factory=set)


def read_paragraphs(archive: Archive) -> list[Paragraph]:
    """Raises TooLarge and UnsoundPart."""
    numbering = _Numbering()
    if NUMBERING in archive:
        parse(archive.stream(NUMBERING), start=numbering.start, end=numbering.end)
    styles = _Styles()
    if STYLES in archive:
        parse(archive.stream(STYLES), start=styles.start)
    body = _Body(numbering, styles.lists)
    parse(archive.stream(DOCUMENT), start=body.start, end=body.end, text=body.text)
    return body.paragraphs


def _value(attributes: Attributes) -> str:
    return next((value for name, value in attributes.items() if local_name(name) == "val"), "")


class _Styles:
    """The lists that paragraph styles put their paragraphs in: style → (list, level)."""

    def __init__(self) -> None:
        self.lists: dict[str, tuple[str, str]] = {}
        self._style, self._level = "", "0"

    def start(self, name: str, attributes: Attributes) -> None:
        name = local_name(name)
        if name == "style":
            found = (v for key, v in attributes.items() if local_name(key) == "styleId")
            self._style, self._level = next(found, ""), "0"
        elif name == "ilvl":
            self._level = _value(attributes)
        elif name == "numId":
            self.lists[self._style] = (_value(attributes), self._level)


class _Numbering:
    """The formats and counters of the lists."""

    def __init__(self) -> None:
        self._formats: dict[tuple[str, str], str] = {}
        self._starts: dict[tuple[str, str], int] = {}
        self._abstract: dict[str, str] = {}
        self._counts: Counter[tuple[str, int]] = Counter()
        self._id = self._level = self._list = ""
        self._is_override = False

    def start(self, name: str, attributes: Attributes) -> None:
        name = local_name(name)
        own = {local_name(key): value for key, value in attributes.items()}
        if name == "abstractNum":
            self._id = own.get("abstractNumId", "")
        elif name == "lvl":
            self._level = own.get("ilvl", "0")
        elif name == "numFmt" and not self._list:
            self._formats[self._id, self._level] = own.get("val", "")
        elif name == "start" and not self._list and own.get("val", "").isdecimal():
            self._starts[self._id, self._level] = int(own["val"][:6])
        elif name == "num":
            self._list = own.get("numId", "")
        elif name == "abstractNumId":
            self._abstract[self._list] = own.get("val", "")

    def end(self, name: str) -> None:
        if local_name(name) == "num":
            self._list = ""

    def count(self, list_id: str, level: str) -> str:
        """The label of the next paragraph of this list; "" for a bullet or no list."""
        abstract = self._abstract.get(list_id)
        if abstract is None or not level.isdecimal():
            return ""
        depth = int(level[:2])
        key = (abstract, depth)
        for other in [each for each in self._counts if each[0] == abstract and each[1] > depth]:
            del self._counts[other]
        self._counts[key] += 1
        number = self._counts[key] - 1 + self._starts.get((abstract, level), 1)
        return _show(number, self._formats.get((abstract, level), "decimal"))


def _show(number: int, number_format: str) -> str:
    if number_format in ("upperLetter", "lowerLetter"):
        return chr(ord("A") + number - 1) if 1 <= number <= 26 else ""
    if number_format in ("bullet", "none"):
        return ""
    is_chinese = "chinese" in number_format.lower() or number_format == "ideographTraditional"
    # A section, 一、二、三, is known by its words.
    return "" if is_chinese or number_format.lower().endswith("roman") else str(number)


class _Body:
    def __init__(self, numbering: _Numbering, styles: dict[str, tuple[str, str]]) -> None:
        self.paragraphs: list[Paragraph] = []
        self._numbering, self._styles = numbering, styles
        self._open: list[Paragraph] = []
        self._list, self._level = "", "0"
        self._is_text = self._is_underlined = self._is_in_run = False
        self._chars = 0

    def start(self, name: str, attributes: Attributes) -> None:
        name = local_name(name)
        if name == "p":
            self._begin_paragraph()
        elif not self._open:
            return
        elif name in _MEDIA:
            self._open[-1].lost.add(_MEDIA[name])
        elif handle := _STARTS.get(name):
            handle(self, attributes)

    def end(self, name: str) -> None:
        name = local_name(name)
        if name == "t":
            self._is_text = False
        elif name == "pPr" and self._open:
            self._open[-1].label = self._numbering.count(self._list, self._level)
        elif name == "p" and self._open:
            self._open.pop()

    def text(self, text: str) -> None:
        if self._is_text and self._open:
            self._chars += len(text)
            if self._chars > MAX_CHARS:
                raise TooLarge
            # An underlined gap is a blank to fill in.
            is_gap = self._is_underlined and len(text) > 1 and not text.strip(" \u3000\u00a0_")
            self._open[-1].text += BLANK if is_gap else text

    def _begin_paragraph(self) -> None:
        if len(self.paragraphs) >= MAX_PARAGRAPHS:
            raise TooLarge
        paragraph = Paragraph(len(self.paragraphs) + 1)
        self.paragraphs.append(paragraph)
        self._open.append(paragraph)
        self._list, self._level = "", "0"

    def _begin_run(self, _attributes: Attributes) -> None:
        self._is_underlined = False

    def _underline(self, attributes: Attributes) -> None:
        self._is_underlined = _value(attributes) not in _NO_UNDERLINE

    def _begin_text(self, _attributes: Attributes) -> None:
        self._is_text = True

    def _add_tab(self, _attributes: Attributes) -> None:
        self._open[-1].text += BLANK if self._is_underlined else "\t"

    def _add_break(self, _attributes: Attributes) -> None:
        self._open[-1].text += "\n"

    def _set_list(self, attributes: Attributes) -> None:
        self._list = _value(attributes)

    def _set_level(self, attributes: Attributes) -> None:
        self._level = _value(attributes)

    def _set_style(self, attributes: Attributes) -> None:
        self._list, self._level = self._styles.get(_value(attributes), ("", "0"))


_STARTS = {
    "r": _Body._begin_run,
    "u": _Body._underline,
    "t": _Body._begin_text,
    "tab": _Body._add_tab,
    "br": _Body._add_break,
    "cr": _Body._add_break,
    "numId": _Body._set_list,
    "ilvl": _Body._set_level,
    "pStyle": _Body._set_style,
}
