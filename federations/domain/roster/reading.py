"""From a workbook to rows: finds the sheet and its header, ignores everything that is empty."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineSheet

from federations.workbooks import UnsafeWorkbook, open_sheets
from federations.workbooks.text import fold_header, read_text

RESULT_COLUMN = "导入结果"
REQUIRED = ("姓名", "手机号", "妇联编码或全称路径", "职务", "任期起")
OPTIONAL = ("届次", "任期止", "计入单位")
HEADER_ROWS = 5


class RosterFileError(ValueError):
    """The file as a whole cannot be read; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """`line` as Excel numbers it; `values` from column A on, cut after the last filled cell."""

    line: int
    values: list[Any]


@dataclass(frozen=True, slots=True)
class RosterSheet:
    path: Path
    title: str
    header_line: int
    columns: dict[str, int]
    rows: list[RawRow]

    def cells(self, row: RawRow) -> dict[str, Any]:
        """The row's values by column name; what the row does not reach is empty."""
        reach = len(row.values)
        return {name: row.values[at] if at < reach else "" for name, at in self.columns.items()}


def read_roster(path: Path) -> RosterSheet:
    """Read the first sheet that has the roster's header among its first five rows.

    Raises RosterFileError when the file is no readable workbook or no sheet has the header.
    """
    best_missing = list(REQUIRED)
    for title, sheet in _open(path):
        rows = _filled_rows(sheet)
        for row in rows[:HEADER_ROWS]:
            columns = header_columns(row.values)
            missing = [name for name in REQUIRED if name not in columns]
            if not missing and row.line <= HEADER_ROWS:
                below = [other for other in rows if other.line > row.line]
                return RosterSheet(Path(path), title, row.line, columns, below)
            best_missing = min(best_missing, missing, key=len)
    message = _("前 5 行里没有找到完整的表头，缺少：%(columns)s。请按模板补上。")
    raise RosterFileError(message % {"columns": "、".join(best_missing)})


def _open(path: Path) -> Iterator[tuple[str, CalamineSheet]]:
    try:
        return open_sheets(path)
    except UnsafeWorkbook as error:
        raise RosterFileError(str(error)) from error


def header_columns(values: Sequence[Any]) -> dict[str, int]:
    """Where the roster's columns stand in a row, counted from 0; of two alike the first."""
    wanted = {*REQUIRED, *OPTIONAL, RESULT_COLUMN}
    columns: dict[str, int] = {}
    for at, value in enumerate(values):
        name = fold_header(read_text(value))
        if name in wanted:
            columns.setdefault(name, at)
    return columns


def _filled_rows(sheet: CalamineSheet) -> list[RawRow]:
    # Rows come from row 1 on, but columns from the first filled one on.
    shift = [""] * (sheet.start[1] if sheet.start else 0)
    rows = []
    for line, values in enumerate(sheet.iter_rows(), start=1):
        reach = max(
            (at for at, value in enumerate(values, start=1) if not is_blank(value)), default=0
        )
        if reach:
            rows.append(RawRow(line, shift + values[:reach]))
    return rows


def is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
