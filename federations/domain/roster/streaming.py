"""The rows of a roster of any size and kind, one after another: .xlsx, .xls and .csv."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from federations.domain.roster.reading import (
    HEADER_ROWS,
    REQUIRED,
    RosterFileError,
    header_columns,
    is_blank,
)
from federations.workbooks import (
    UnsafeWorkbook,
    check_streamed_workbook,
    is_legacy,
    open_legacy_sheets,
    open_sheets,
)

TEXT_ENDINGS = (".csv", ".txt")
ENDINGS = (".xlsx", ".xls", ".csv")
# What is larger is not laid out in memory: 45,000 rows and more.
STREAMED_FROM_BYTES = 2 * 1024**2
MAX_TEXT_BYTES = 200 * 1024**2
MAX_ROWS, MAX_WIDTH = 600_000, 500
ENCODINGS = ("utf-8-sig", "gb18030")
SEPARATORS = ",;\t"

Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Head:
    """A sheet's header as it was understood; `columns` are counted from 0."""

    title: str
    line: int
    columns: dict[str, int]

    def cells(self, values: Sequence[Any]) -> dict[str, Any]:
        """The row's values by column name; what the row does not reach is empty."""
        reach = len(values)
        return {name: values[at] if at < reach else "" for name, at in self.columns.items()}


def is_large(path: Path) -> bool:
    """Whether a file is one to import in batches, as its sheets are not laid out in memory."""
    if path.suffix.lower() in TEXT_ENDINGS:
        return True
    return path.is_file() and path.stat().st_size >= STREAMED_FROM_BYTES


def read_rows(path: Path) -> Iterator[tuple[Head, int, Sequence[Any]]]:
    """Head, line and values of every filled row below a header, from all sheets that have one.

    Raises RosterFileError when the file cannot be read or no sheet has the header; that may come
    after rows were given.
    """
    best_missing = list(REQUIRED)
    is_found, count = False, 0
    for title, sheet in _open(path):
        rows = ((line, row) for line, row in enumerate(sheet, start=1) if _is_filled(row))
        head, missing = _find_head(title, rows)
        best_missing = min(best_missing, missing, key=len)
        if head is None:
            continue
        is_found = True
        for line, row in rows:
            count += 1
            if count > MAX_ROWS:
                raise RosterFileError(_("超过 60 万行，没有导入；请分成几个文件。"))
            yield head, line, row
    if not is_found:
        message = _("前 5 行里没有找到完整的表头，缺少：%(columns)s。请按模板补上。")
        raise RosterFileError(message % {"columns": "、".join(best_missing)})


def _find_head(title: str, rows: Iterator) -> tuple[Head | None, list[str]]:
    """The head, with `rows` standing below it, or what is missing from the best candidate."""
    best = list(REQUIRED)
    for line, row in rows:
        if line > HEADER_ROWS:
            break
        columns = header_columns(row)
        missing = [name for name in REQUIRED if name not in columns]
        if not missing:
            return Head(title, line, columns), []
        best = min(best, missing, key=len)
    return None, best


def _is_filled(row: Sequence[Any]) -> bool:
    return any(not is_blank(value) for value in row)


def _open(path: Path) -> Iterator[tuple[str, Rows]]:
    try:
        if path.suffix.lower() in TEXT_ENDINGS:
            return _open_text(path)
        if is_legacy(path):
            return open_legacy_sheets(path)
        if path.stat().st_size < STREAMED_FROM_BYTES:
            return ((title, _from_column_a(sheet)) for title, sheet in open_sheets(path))
        check_streamed_workbook(path)
    except UnsafeWorkbook as error:
        raise RosterFileError(str(error)) from error
    except OSError as error:
        raise RosterFileError(_("打不开文件：%(error)s。") % {"error": error.strerror}) from error
    return _open_streamed(path)


def _from_column_a(sheet) -> Iterator[list[Any]]:
    # calamine's columns begin with the first filled one.
    shift = [""] * (sheet.start[1] if sheet.start else 0)
    return (shift + row for row in sheet.iter_rows())


def _open_streamed(path: Path) -> Iterator[tuple[str, Rows]]:
    # openpyxl has no error of its own: a workbook that passed the guard may fail here in any way.
    try:
        with closing(load_workbook(path, read_only=True, data_only=True)) as book:
            for sheet in book.worksheets:
                if isinstance(sheet, ReadOnlyWorksheet):
                    # A sheet may claim any size; the guard has measured what is there.
                    sheet.reset_dimensions()
                    yield sheet.title, sheet.iter_rows(values_only=True)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError) as error:
        if isinstance(error, RosterFileError):
            raise
        raise RosterFileError(_("文件已损坏，无法读取；请用 Excel 打开后另存一份。")) from error


def _open_text(path: Path) -> Iterator[tuple[str, Rows]]:
    if path.stat().st_size > MAX_TEXT_BYTES:
        raise RosterFileError(_("文件超过 200 MB，没有读取；请分成几个文件导入。"))
    encoding = _encoding_of(path)
    separator = _separator_of(path, encoding)
    return iter([("", _read_text(path, encoding, separator))])


def _encoding_of(path: Path) -> str:
    for encoding in ENCODINGS:
        try:
            with path.open(encoding=encoding, newline="") as file:
                while text := file.read(1024**2):
                    if "\0" in text:
                        raise RosterFileError(_("这不是文本表格，请用 Excel 另存为 .xlsx 再导入。"))
        except UnicodeDecodeError:
            continue
        return encoding
    raise RosterFileError(_("看不懂文件里的文字；请用 Excel 另存为 .xlsx 再导入。"))


def _separator_of(path: Path, encoding: str) -> str:
    """Whichever shows most of the header."""

    def columns_seen(separator: str) -> int:
        first = islice(_read_text(path, encoding, separator), HEADER_ROWS)
        return max((len(header_columns(row)) for row in first), default=0)

    return max(SEPARATORS, key=columns_seen)


def _read_text(path: Path, encoding: str, separator: str) -> Iterator[list[str]]:
    try:
        with path.open(encoding=encoding, newline="") as file:
            for row in csv.reader(file, delimiter=separator):
                if len(row) > MAX_WIDTH:
                    raise RosterFileError(_("表格的列太多，没有读取；请只留需要的列。"))
                yield row
    except csv.Error as error:
        message = _("表格的引号或分隔符不完整，请用 Excel 打开后另存为 .xlsx。")
        raise RosterFileError(message) from error
