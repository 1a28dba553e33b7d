"""What was not imported, as a workbook: to be corrected and imported again.

The rows of a table come back as they were, with a last column 导入结果, which the import does not
read. For other files there is a row for each question, in our own layout. No cell is a formula.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import xlsxwriter
from django.utils.translation import gettext as _

from federations.workbooks.text import Cell, read_text

from .entries import Entry, Problem, RawQuestion
from .excel_writing import MAX_CELL, RESULT, write_with_results
from .headers import read_header
from .registry import find_format
from .tables import open_tables

_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
MAX_SHEET_NAME = 31
_DATES = (datetime.date, datetime.time, datetime.timedelta)


class RefusedLine(Protocol):
    entry: Entry
    reason: str


class Report(Protocol):
    def refused(self) -> Iterator[RefusedLine]: ...


@dataclass(slots=True)
class _Sheet:
    """Rows to be written, each with its result; a header has 导入结果 as its own."""

    name: str
    rows: list[tuple[Sequence[Cell], str]] = field(default_factory=list)


def write_errors(path: Path, report: Report, source: Path) -> None:
    """`source` is the file that was imported, under a name with its extension.

    Raises UnreadableFile when it cannot be read any more.
    """
    refused = list(report.refused())
    if find_format(source.name, source).is_table:
        _write_tables(path, [sheet for sheet in _copy_rows(refused, source) if sheet.rows])
    else:
        write_with_results(path, ((_show(line.entry), _tell(line)) for line in refused))


def _copy_rows(refused: list[RefusedLine], source: Path) -> Iterator[_Sheet]:
    """The refused rows, each below the header that it stood below."""
    results = {
        (line.entry.sheet, number): line.reason for line in refused for number in line.entry.rows
    }
    for name, rows in open_tables(source):
        sheet, header = _Sheet(name), None
        for number, row in rows:
            if (name, number) in results:
                if header is not None:
                    sheet.rows.append((header, RESULT))
                    header = None
                sheet.rows.append((row, results[name, number]))
            elif read_header([read_text(cell) for cell in row]):
                header = _without_result(row)
        yield sheet


def _without_result(header: Sequence[Cell]) -> list[Cell]:
    """A workbook of errors may come back with errors."""
    return ["" if read_text(cell) == RESULT else cell for cell in header]


def _write_tables(path: Path, sheets: list[_Sheet]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        date = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})
        names: set[str] = set()
        for sheet in sheets:
            page = book.add_worksheet(_name_sheet(sheet.name, names))
            last = max(len(row) for row, _result in sheet.rows)
            page.set_column(0, last, 20)
            for number, (row, result) in enumerate(sheet.rows):
                for column, cell in enumerate((*row, *[""] * (last - len(row)), result)):
                    _write_cell(page, (number, column), cell, text=text, date=date)
        if not sheets:
            book.add_worksheet(RESULT)


def _write_cell(page, place: tuple[int, int], cell: Cell, *, text, date) -> None:
    """A date stays a date: as text it would be imported in a form that nobody wrote."""
    if isinstance(cell, _DATES):
        page.write_datetime(*place, cell, date)
    elif content := read_text(cell):
        page.write_string(*place, content[:MAX_CELL], text)


def _name_sheet(name: str, taken: set[str]) -> str:
    """The sheet's name may tell the type of its questions."""
    base = _NOT_IN_SHEET_NAME.sub(" ", name).strip("' ")[:MAX_SHEET_NAME] or _("试题")
    free, number = base, 1
    while free.lower() in taken:
        number += 1
        free = f"{base[: MAX_SHEET_NAME - 4]} {number}"
    taken.add(free.lower())
    return free


def _show(entry: Entry) -> RawQuestion:
    if isinstance(entry, Problem):
        return RawQuestion(entry.sheet, entry.row, entry.type, stem=entry.text)
    return entry


def _tell(line: RefusedLine) -> str:
    place = _("“%(sheet)s”第 %(row)d 处：") % {"sheet": line.entry.sheet, "row": line.entry.row}
    return place + line.reason
