"""The bulletin's table: its head on every page, every other row shaded."""

from collections.abc import Sequence
from typing import Protocol

from learning.bulletins.bulletin import Cells, Column, Kind, cell_text
from learning.certificates.shapes import Box, Shape, Text
from learning.certificates.wrapping import Measure, wrap

CELL, LEADING, PADDING, SIDE = 3.4, 1.35, 1.0, 0.9
INK, HEAD, SHADE, MAIN, LINE = "#1f1a1c", "#efe6e4", "#f8f4f3", "#fbe9ee", "#b9aeb0"
LEFT_KINDS = {Kind.TEXT}
CENTRED_KINDS = {Kind.RANK}
NUMERIC = frozenset("0123456789+−")


class Paper(Protocol):
    measure: Measure
    y: float

    def put(self, *shapes: Shape) -> None: ...
    def turn(self) -> None: ...
    def has_room(self, height: float) -> bool: ...


class Table:
    """Writes rows onto the paper; columns without a weight are left to the workbook."""

    def __init__(self, paper: Paper, columns: Sequence[Column], *, left: float, width: float):
        self.paper = paper
        self.left, self.width = left, width
        self.shown = [place for place, column in enumerate(columns) if column.weight]
        self.columns = [columns[place] for place in self.shown]
        whole = sum(column.weight for column in self.columns)
        self.widths = [width * column.weight / whole for column in self.columns]
        self.head = [self._wrapped(column.label, at) for at, column in enumerate(self.columns)]

    def put(self, rows: Sequence[Cells], total: Cells | None = None) -> None:
        self._put_head()
        if total is not None:
            self._put_row(self._lines(total), MAIN, boldness=0.025)
        for number, row in enumerate(rows):
            lines = self._lines(row)
            if not self.paper.has_room(_height(lines)):
                self.paper.turn()
                self._put_head()
            self._put_row(lines, SHADE if number % 2 else "")

    def _put_head(self) -> None:
        self._rule()
        self._put_row(self.head, HEAD, boldness=0.02, is_head=True)

    def _rule(self) -> None:
        self.paper.put(Box(self.left, self.paper.y, self.width, 0.4, INK))

    def _lines(self, row: Cells) -> list[list[str]]:
        return [
            self._wrapped(cell_text(self.columns[at].kind, row[place]), at)
            for at, place in enumerate(self.shown)
        ]

    def _wrapped(self, text: str, at: int) -> list[str]:
        """A number stands in one line, smaller where it must; words go on in the next."""
        if self.columns[at].kind not in LEFT_KINDS and text[:1] in NUMERIC:
            return [text]
        return wrap(text, self._room(at) / CELL, self.paper.measure)

    def _room(self, at: int) -> float:
        return self.widths[at] - 2 * SIDE

    def _put_row(
        self, lines: list[list[str]], fill: str, *, boldness: float = 0, is_head: bool = False
    ) -> None:
        paper, height, x = self.paper, _height(lines), self.left
        if fill:
            paper.put(Box(self.left, paper.y, self.width, height, fill))
        for place, (cell, column) in enumerate(zip(lines, self.columns, strict=True)):
            width, align = self.widths[place], "center" if is_head else _align(column)
            at = {"left": x + SIDE, "center": x + width / 2, "right": x + width - SIDE}[align]
            # Short cells stand in the middle of a row of several lines.
            top = paper.y + (height - len(cell) * CELL * LEADING) / 2
            size = self._size(cell, place)
            for number, line in enumerate(cell):
                y = top + CELL * (1.03 + number * LEADING)
                paper.put(Text(at, y, size, line, INK, align=align, boldness=boldness))
            x += width
        paper.y += height
        paper.put(Box(self.left, paper.y - 0.2, self.width, 0.2, LINE))

    def _size(self, cell: list[str], place: int) -> float:
        widest = max(self.paper.measure(line) for line in cell)
        return min(CELL, self._room(place) / max(widest, 0.01))


def _align(column: Column) -> str:
    if column.kind in LEFT_KINDS:
        return "left"
    return "center" if column.kind in CENTRED_KINDS else "right"


def _height(lines: list[list[str]]) -> float:
    return max(len(cell) for cell in lines) * CELL * LEADING + 2 * PADDING
