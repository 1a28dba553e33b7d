"""A table of simple HTML as the table block keeps it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from cms.word.words import lines_of

MAX_COLUMNS, MAX_CELLS = 60, 5000


class TableTooLarge(Exception):
    pass


@dataclass(frozen=True)
class Cell:
    row: int
    column: int
    down: int
    right: int
    text: str

    def as_merge(self) -> dict[str, int]:
        place = {"row": self.row, "col": self.column}
        return place | {"rowspan": self.down, "colspan": self.right}


@dataclass
class Grid:
    """Every cell of the raster has text; a merged one stands in its upper left corner."""

    rows: list[list[str]] = field(default_factory=list)
    merges: list[dict[str, int]] = field(default_factory=list)


def rows_of(table: Element) -> Iterator[Element]:
    """Its own rows, not those of tables in its cells."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody"):
            yield from rows_of(child)


def read_table(table: Element, caption: str) -> dict:
    """Raises TableTooLarge."""
    grid = _lay_out(table)
    hidden = [
        {"row": merge["row"] + down, "col": merge["col"] + right, "hidden": True}
        for merge in grid.merges
        for down in range(merge["rowspan"])
        for right in range(merge["colspan"])
        if down or right
    ]
    return {
        "data": grid.rows,
        "table_caption": caption,
        "table_header_choice": "row",
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "mergeCells": grid.merges,
        "cell": hidden,
    }


def _lay_out(table: Element) -> Grid:
    taken: dict[tuple[int, int], str] = {}
    grid = Grid()
    for row, element in enumerate(rows_of(table)):
        column = 0
        for each in element:
            while (row, column) in taken:
                column += 1
            down, right = _span(each, "rowspan"), _span(each, "colspan")
            for cell in _parts(Cell(row, column, down, right, lines_of(each))):
                _fill(taken, cell)
                if cell.down * cell.right > 1:
                    grid.merges.append(cell.as_merge())
            column += right
    height = max((row for row, _column in taken), default=-1) + 1
    width = max((column for _row, column in taken), default=-1) + 1
    if height * width > MAX_CELLS:
        raise TableTooLarge
    grid.rows = [[taken.get((row, column), "") for column in range(width)] for row in range(height)]
    return grid


def _parts(cell: Cell) -> list[Cell]:
    """The header is one row: a cell that reaches below it is said again there."""
    if cell.row or cell.down == 1:
        return [cell]
    return [replace(cell, down=1), replace(cell, row=1, down=cell.down - 1)]


def _fill(taken: dict[tuple[int, int], str], cell: Cell) -> None:
    size = cell.down * cell.right
    if cell.column + cell.right > MAX_COLUMNS or len(taken) + size > MAX_CELLS:
        raise TableTooLarge
    for row in range(cell.row, cell.row + cell.down):
        for column in range(cell.column, cell.column + cell.right):
            taken[row, column] = ""
    taken[cell.row, cell.column] = cell.text


def _span(cell: Element, name: str) -> int:
    text = cell.get(name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 6 else 1
