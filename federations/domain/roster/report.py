"""The problems, written into a copy of the workbook beside each row."""

import os
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from federations.domain.roster.entries import Entry
from federations.domain.roster.importing import RosterResult
from federations.domain.roster.reading import RESULT_COLUMN, RosterFileError, RosterSheet
from federations.workbooks import UnsafeWorkbook, check_workbook

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
RESULT_WIDTH = 60
# Some programs merge a whole row, 16,384 columns; nothing fits beside that.
WIDEST_MERGE = 1000


def default_target(path: Path) -> Path:
    """花名册.xlsx → 花名册-导入结果.xlsx, beside it."""
    return path.with_name(f"{path.stem}-导入结果.xlsx")


def write_report(result: RosterResult, target: Path) -> None:
    """Write the copy. The roster itself is never touched; only the owner may read the copy."""
    sheet = result.sheet
    if target.resolve() == sheet.path.resolve():
        raise RosterFileError(_("导入结果不能写回原文件，请换一个文件名。"))
    try:
        check_workbook(sheet.path, to_copy=True)
        workbook = load_workbook(sheet.path, keep_links=False)
    except UnsafeWorkbook as error:
        message = _("写不出导入结果：%(reason)s") % {"reason": error}
        raise RosterFileError(message) from error
    # openpyxl has no error of its own: a workbook that calamine reads may fail here in any way.
    except Exception as error:
        raise RosterFileError(_("无法复制这个工作簿，请用 Excel 另存一次再导入。")) from error
    for worksheet in workbook.worksheets:
        shown = _shown_values(sheet) if worksheet.title == sheet.title else {}
        _make_inert(worksheet, shown)
    _write_results(workbook[sheet.title], result)
    _save_privately(workbook, target)


def inert(value: Any) -> Any:
    """Text that a spreadsheet program would run as a formula gets an apostrophe in front."""
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return "'" + value
    return value


def outcome_of(entry: Entry, *, applied: bool) -> str:
    if entry.problems:
        return "\n".join(entry.problems)
    done = _("新增") if not entry.held else _("更新") if entry.is_update else _("已存在，没有变化")
    if not applied and (entry.is_update or not entry.held):
        return _("没有问题，尚未导入")
    return done


def _shown_values(sheet: RosterSheet) -> dict[tuple[int, int], Any]:
    """What the importer read in each cell, to stand where a formula stood."""
    return {
        (row.line, at): value for row in sheet.rows for at, value in enumerate(row.values, start=1)
    }


def _make_inert(worksheet, shown: dict[tuple[int, int], Any]) -> None:
    # Only the cells that exist: a sheet may claim 16,384 columns.
    for place, cell in list(worksheet._cells.items()):
        if cell.data_type == "f":
            cell.value = None
            cell.value = inert(shown.get(place, ""))
        elif cell.data_type == "s" and inert(cell.value) != cell.value:
            cell.value = inert(cell.value)


def _write_results(worksheet, result: RosterResult) -> None:
    sheet = result.sheet
    column = sheet.columns.get(RESULT_COLUMN, _first_free(worksheet, sheet)) + 1
    worksheet.cell(sheet.header_line, column, RESULT_COLUMN)
    worksheet.column_dimensions[get_column_letter(column)].width = RESULT_WIDTH
    for entry in result.entries:
        text = inert(outcome_of(entry, applied=result.applied))
        cell = worksheet.cell(entry.line, column, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _first_free(worksheet, sheet: RosterSheet) -> int:
    """The column, counted from 0, right of everything in the header and the rows."""
    header = [
        column
        for (line, column), cell in worksheet._cells.items()
        if line == sheet.header_line and str(cell.value or "").strip()
    ]
    merged = [
        area.max_col
        for area in worksheet.merged_cells.ranges
        if area.max_row >= sheet.header_line and area.max_col < WIDEST_MERGE
    ]
    return max([*header, *merged, *(len(row.values) for row in sheet.rows)])


def _save_privately(workbook, target: Path) -> None:
    try:
        target.unlink(missing_ok=True)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            workbook.save(file)
    except OSError as error:
        message = _("导入结果写不进“%(path)s”，请用 --report 换一个位置。")
        raise RosterFileError(message % {"path": target}) from error
