"""Writing workbooks. All cells are plain texts or numbers, nothing is a formula or a link."""

from collections.abc import Iterable
from typing import Any

from xlsxwriter import Workbook

from federations.workbooks.mark import mark_sheet

# Excel's own limit is 1,048,576 rows in a sheet.
ROWS_PER_SHEET = 1_000_000
# Rows are written as they are read, so memory does not grow with them.
INERT = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
Row = Iterable[Any]


def write_rows(
    book: Workbook, name: str, titles: Row, rows: Iterable[Row], *, is_marked: bool = True
) -> int:
    """Add the rows to a sheet, and to a second one where Excel takes no more; returns how many.

    Marked with who asked for them, unless they are all about herself.
    """
    sheet, count = None, 0
    for count, row in enumerate(rows, start=1):
        if sheet is None or (count - 1) % ROWS_PER_SHEET == 0:
            its_name = name if sheet is None else f"{name}{count}"
            sheet = _begin_sheet(book, its_name, titles, is_marked=is_marked)
        _write_row(sheet, (count - 1) % ROWS_PER_SHEET + 1, row)
    if sheet is None:
        _begin_sheet(book, name, titles, is_marked=is_marked)
    return count


def _begin_sheet(book: Workbook, name: str, titles: Row, *, is_marked: bool):
    sheet = book.add_worksheet(name)
    if is_marked:
        mark_sheet(sheet)
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for column, title in enumerate(titles):
        sheet.set_column(column, column, 16)
        sheet.write_string(0, column, str(title), bold)
    return sheet


def _write_row(sheet, place: int, row: Row) -> None:
    for column, value in enumerate(row):
        if isinstance(value, int | float):
            sheet.write_number(place, column, value)
        elif value is not None:
            sheet.write_string(place, column, str(value))
