"""Questions in tables (.xlsx, .xls, .csv): one sheet per type, or a 题型 column."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from django.utils.translation import gettext as _

from federations.workbooks.text import Cell, read_text

from .cases import GroupedEntry, join_cases
from .entries import Entry, Problem
from .headers import HEADER_WITHIN, Columns, read_header
from .rows import find_type, read_roles, read_row
from .tables import NumberedRow, open_tables

# A title above the header has a cell or two; a row with more looks like a question.
TITLE_CELLS = 2


def read(path: Path) -> Iterator[Entry]:
    """Every row that is not empty, as a question or a problem, in the order of the file.

    Raises UnreadableFile before anything is read when the file is no sound table.
    """
    return chain.from_iterable(
        join_cases(_read_sheet(name, filled)) for name, filled in open_tables(path)
    )


def _read_sheet(sheet: str, filled: Iterator[NumberedRow]) -> Iterator[GroupedEntry]:
    head = list(islice(filled, HEADER_WITHIN))
    columns, above, below = _split_at_header(head)
    for number, row in above:
        if columns is None or sum(map(bool, map(read_text, row))) > TITLE_CELLS:
            yield GroupedEntry(Problem(sheet, number, _explain_missing_header(columns)))
    for number, row in chain(below, filled):
        if columns is None:
            yield GroupedEntry(Problem(sheet, number, _explain_missing_header(None)))
            continue
        cells = _fill_up(row, columns)
        if again := _read_next_header(cells, columns):
            columns = again
        else:
            yield _read_member(sheet, number, cells, columns)


def _read_member(sheet: str, number: int, row: Sequence[Cell], columns: Columns) -> GroupedEntry:
    texts = read_roles(row, columns)
    return GroupedEntry(
        read_row(sheet, number, row, columns), texts.get("group", ""), texts.get("material", "")
    )


def _read_next_header(row: Sequence[Cell], columns: Columns) -> Columns | None:
    """A sheet may hold several tables. A question about a word like 题干 still has a type."""
    header = read_header([read_text(cell) for cell in row])
    is_question = (
        header and "type" in columns.roles and find_type("", read_roles(row, columns), columns)
    )
    return None if is_question else header


def _fill_up(row: Sequence[Cell], columns: Columns) -> Sequence[Cell]:
    """Rows of a .csv may end early."""
    missing = columns.width - len(row)
    return [*row, *[""] * missing] if missing > 0 else row


def _split_at_header(
    head: list[NumberedRow],
) -> tuple[Columns | None, list[NumberedRow], list[NumberedRow]]:
    """The columns, the rows above the header and the rows below it."""
    for place, (_number, row) in enumerate(head):
        if columns := read_header([read_text(cell) for cell in row]):
            return columns, head[:place], head[place + 1 :]
    return None, head, []


def _explain_missing_header(columns: Columns | None) -> str:
    if columns:
        return _("这一行在表头上面，没有读入；如果是试题，请移到表头下面。")
    return _(
        "没有找到表头：请在前 5 行中加一行表头，至少写明“题干”和“答案”，选择题还要有“选项A”等列。"
    )
