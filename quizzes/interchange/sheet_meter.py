"""How much memory a workbook's parts will ask for, found in one streaming pass."""

import re
from collections.abc import Iterable
from xml.parsers import expat

MAX_ELEMENTS = 6_000_000
MAX_GRID_CELLS = 3_000_000
MAX_TEXT_CHARS = 40_000_000

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE)


class TooLarge(Exception):
    """The workbook would need more memory than the site may give it."""


class UnsoundPart(Exception):
    """A part that is not well-formed XML, or holds a document type, which no office writes."""


class PartMeter:
    """Feed it the shared strings, then the sheets; it raises as soon as a limit is passed."""

    def __init__(self) -> None:
        self._elements = 0
        self._text_chars = 0
        self._shared_lengths: list[int] = []

    def measure(self, chunks: Iterable[bytes]) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take_text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        self._begin_part()
        try:
            for chunk in chunks:
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        # Besides bad XML: an encoding that nobody knows, and numbers out of range.
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise UnsoundPart from error

    def _begin_part(self) -> None:
        self._row = self._column = 0
        self._rows: tuple[int, int] | None = None
        self._columns: tuple[int, int] | None = None
        self._is_shared = self._is_in_value = False
        self._length = 0
        self._value = ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise TooLarge
        if handle := _STARTS.get(name.rpartition(":")[2]):
            handle(self, attributes)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() else self._row + 1
        self._column = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        if reference := _REFERENCE.fullmatch(attributes.get("r", "")):
            self._column, self._row = _read_column(reference[1]), int(reference[2])
        self._is_shared = attributes.get("t") == "s"

    def _start_string(self, attributes: dict[str, str]) -> None:
        self._length = 0

    def _start_value(self, attributes: dict[str, str]) -> None:
        self._is_in_value, self._value = True, ""
        self._rows = _widen(self._rows, self._row)
        self._columns = _widen(self._columns, self._column)
        if _count(self._rows) * _count(self._columns) > MAX_GRID_CELLS:
            raise TooLarge

    def _take_text(self, text: str) -> None:
        self._length += len(text)
        self._add_text(len(text))
        if self._is_in_value and self._is_shared:
            self._value = (self._value + text)[:20]

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "si":
            self._shared_lengths.append(self._length)
        elif local == "v":
            self._end_value()

    def _end_value(self) -> None:
        self._is_in_value = False
        index = self._value.strip()
        if self._is_shared and index.isdecimal() and int(index) < len(self._shared_lengths):
            self._add_text(self._shared_lengths[int(index)])

    def _add_text(self, chars: int) -> None:
        self._text_chars += chars
        if self._text_chars > MAX_TEXT_CHARS:
            raise TooLarge


_STARTS = {
    "row": PartMeter._start_row,
    "c": PartMeter._start_cell,
    "v": PartMeter._start_value,
    "is": PartMeter._start_value,
    "f": PartMeter._start_value,
    "si": PartMeter._start_string,
}


def _refuse_doctype(*_names: object) -> None:
    raise UnsoundPart


def _read_column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _widen(span: tuple[int, int] | None, position: int) -> tuple[int, int]:
    first, last = span or (position, position)
    return min(first, position), max(last, position)


def _count(span: tuple[int, int]) -> int:
    return span[1] - span[0] + 1
