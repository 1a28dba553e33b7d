"""How much memory a workbook's parts will ask for, found in one streaming pass."""

import re
from collections.abc import Iterable

from .limits import (
    COPY_BYTES,
    COPY_BYTES_OF_OTHERS,
    MAX_INDEX_DIGITS,
    MAX_SHARED_CHARS,
    STANDARD,
    Limits,
    TooLarge,
)
from .xml import Attributes, UnsoundPart, local_name, parse

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE)


class PartMeter:
    """Feed it the shared strings, then the sheets; it raises as soon as a limit is passed.

    `copy_bytes` is about what a library would need that keeps every cell, merged ones too,
    and every style as an object.
    """

    def __init__(self, limits: Limits = STANDARD) -> None:
        self.limits = limits
        self.copy_bytes = 0
        self._shared_chars = 0
        self._elements = self._text_chars = self._filled_rows = 0
        self._shared_lengths: list[int] = []

    def measure(self, chunks: Iterable[bytes]) -> None:
        self._begin_part()
        parse(chunks, start=self._start, end=self._end, text=self._take_text)

    def _begin_part(self) -> None:
        self._row = self._column = self._filled_row = 0
        self._rows: tuple[int, int] | None = None
        self._columns: tuple[int, int] | None = None
        self._is_shared = self._is_in_value = False
        self._length = 0
        self._value = ""

    def _start(self, name: str, attributes: Attributes) -> None:
        self._elements += 1
        if self._elements > self.limits.elements:
            raise TooLarge
        local = local_name(name)
        self.copy_bytes += COPY_BYTES.get(local, COPY_BYTES_OF_OTHERS)
        if handle := _STARTS.get(local):
            handle(self, attributes)

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() else self._row + 1
        self._column = 0

    def _start_cell(self, attributes: Attributes) -> None:
        """A cell may leave out where it is: then it stands right of the one before."""
        self._column += 1
        if place := _read_place(attributes.get("r", "")):
            self._column, self._row = place
        self._is_shared = attributes.get("t") == "s"

    def _start_string(self, attributes: Attributes) -> None:
        self._length = 0

    def _start_value(self, attributes: Attributes) -> None:
        self._is_in_value, self._value = True, ""
        if self._row != self._filled_row:
            self._filled_row = self._row
            self._filled_rows += 1
        self._rows = _widen(self._rows, self._row)
        self._columns = _widen(self._columns, self._column)
        area = _count(self._rows) * _count(self._columns)
        if area > self.limits.grid_cells or self._filled_rows > self.limits.filled_rows:
            raise TooLarge

    def _start_merge(self, attributes: Attributes) -> None:
        first, _colon, last = attributes.get("ref", "").partition(":")
        if (start := _read_place(first)) and (end := _read_place(last)):
            area = (abs(end[0] - start[0]) + 1) * (abs(end[1] - start[1]) + 1)
            self.copy_bytes += area * COPY_BYTES["c"]

    def _start_reference(self, attributes: Attributes) -> None:
        self._add_text(sum(map(len, attributes.values())))

    def _take_text(self, text: str) -> None:
        self._length += len(text)
        self._add_text(len(text))
        if self._is_in_value and self._is_shared:
            self._value += text
            if len(self._value) > MAX_INDEX_DIGITS:
                raise UnsoundPart

    def _end(self, name: str) -> None:
        local = local_name(name)
        if local == "si":
            self._shared_lengths.append(self._length)
            self._shared_chars += self._length
            if self._shared_chars > MAX_SHARED_CHARS:
                raise TooLarge
        elif local == "v":
            self._end_value()

    def _end_value(self) -> None:
        self._is_in_value = False
        if not self._is_shared or not self._value.strip():
            return
        try:
            index = int(self._value)
        except ValueError as error:
            raise UnsoundPart from error
        if 0 <= index < len(self._shared_lengths):
            self._add_text(self._shared_lengths[index])

    def _add_text(self, chars: int) -> None:
        self._text_chars += chars
        if self._text_chars > self.limits.text_chars:
            raise TooLarge


_STARTS = {
    "row": PartMeter._start_row,
    "c": PartMeter._start_cell,
    "v": PartMeter._start_value,
    "is": PartMeter._start_value,
    "f": PartMeter._start_value,
    "si": PartMeter._start_string,
    "mergeCell": PartMeter._start_merge,
    "Relationship": PartMeter._start_reference,
    "sheet": PartMeter._start_reference,
}


def _read_place(reference: str) -> tuple[int, int] | None:
    """Column and row, counted from 1."""
    if not (match := _REFERENCE.fullmatch(reference)):
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(match[2])


def _widen(span: tuple[int, int] | None, position: int) -> tuple[int, int]:
    first, last = span or (position, position)
    return min(first, position), max(last, position)


def _count(span: tuple[int, int]) -> int:
    return span[1] - span[0] + 1
