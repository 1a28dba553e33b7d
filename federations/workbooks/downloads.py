"""Tables as files to take away; in both kinds nothing is a formula."""

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain

from xlsxwriter import Workbook

from federations.workbooks.mark import mark_text
from federations.workbooks.writing import INERT, Row, write_rows

# What a spreadsheet program takes for the beginning of a formula.
FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")
# Without it, Excel reads a file of Chinese in the wrong encoding.
BYTE_ORDER_MARK = "\ufeff"


class _Line:
    """Where csv writes to: it gives back what it was given."""

    def write(self, text: str) -> str:
        return text


def csv_lines(titles: Row, rows: Iterable[Row]) -> Iterator[str]:
    """The last line says who took the file. That is known now, and no longer when it is sent."""
    writer = csv.writer(_Line())
    ends = [[mark]] if (mark := mark_text()) else []
    return chain(
        [BYTE_ORDER_MARK + writer.writerow(titles)],
        (writer.writerow([inert(cell) for cell in row]) for row in chain(rows, ends)),
    )


def inert(cell) -> str | int | float:
    """The cell as a spreadsheet program takes it for text, or for the number that it is."""
    if isinstance(cell, int | float):
        return cell
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA_BEGINNINGS) else text


def workbook_file(name: str, titles: Row, rows: Iterable[Row]) -> BytesIO:
    file = BytesIO()
    with Workbook(file, INERT | {"in_memory": True}) as book:
        write_rows(book, name, titles, rows)
    file.seek(0)
    return file
