"""Sheets of cells, whatever kind of file they stand in: .xlsx, .xls or .csv."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from federations.workbooks import UnsafeWorkbook, is_legacy, open_legacy_sheets, open_sheets
from federations.workbooks.text import Cell, read_text

from .entries import UnreadableFile
from .headers import HEADER_WITHIN, read_header
from .texts import read_text_file

TEXT_EXTENSIONS = (".csv", ".tsv", ".txt")
MAX_COLUMNS = 1_000
MAX_ROWS = 100_000
_SEPARATORS = ",;\t"

NumberedRow = tuple[int, Sequence[Cell]]


def open_tables(path: Path) -> Iterator[tuple[str, Iterator[NumberedRow]]]:
    """The sheets with their filled rows. Raises UnreadableFile before giving the first."""
    try:
        if Path(path).suffix.lower() in TEXT_EXTENSIONS:
            return iter([(Path(path).stem, _number(_read_csv(path)))])
        if Path(path).is_file() and is_legacy(path):
            return ((name, _number(rows)) for name, rows in open_legacy_sheets(path))
        return ((name, _number(sheet.iter_rows())) for name, sheet in open_sheets(path))
    except UnsafeWorkbook as error:
        raise UnreadableFile(str(error)) from error


def _number(rows: Iterable[Sequence[Cell]]) -> Iterator[NumberedRow]:
    return ((number, row) for number, row in enumerate(rows, start=1) if any(map(read_text, row)))


def _read_csv(path: Path) -> Iterator[list[str]]:
    """Separated by whichever of comma, semicolon and tab lets a header be seen."""
    text = read_text_file(path)
    found = [each for each in _SEPARATORS if _has_header(text, each)]
    separator = found[0] if found else ","
    try:
        _measure(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise UnreadableFile(
            _("表格的引号或分隔符不完整，请用 Excel 打开后另存为 .xlsx。")
        ) from error
    return csv.reader(StringIO(text, newline=""), delimiter=separator)


def _measure(rows: Iterable[list[str]]) -> None:
    filled = 0
    for row in rows:
        filled += bool(row)
        if len(row) > MAX_COLUMNS or filled > MAX_ROWS:
            raise UnreadableFile(
                _("表格的行或列太多，没有读取；请只留需要的行列，或分成几个文件。")
            )


def _has_header(text: str, separator: str) -> bool:
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        filled = islice((row for row in rows if any(row)), HEADER_WITHIN)
        return any(read_header(row) for row in filled)
    except csv.Error:
        return False
