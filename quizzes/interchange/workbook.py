"""Opening an .xlsx workbook that may be broken, locked or malicious."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from .cells import Cell
from .entries import UnreadableWorkbook
from .workbook_guard import check_workbook


def open_sheets(path: Path) -> Iterator[tuple[str, Iterator[Sequence[Cell]]]]:
    """The worksheets, hidden ones too, with their rows from the first one on.

    Cells that are formatted but empty to the right and below are not among them.
    Raises UnreadableWorkbook.
    """
    check_workbook(path)
    try:
        workbook = CalamineWorkbook.from_path(path)
        names = [
            sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
        ]
        # One sheet is in memory at a time, but a broken one must be known before any is read.
        for name in names:
            workbook.get_sheet_by_name(name)
    except (CalamineError, OSError) as error:
        raise UnreadableWorkbook(_("文件已损坏，无法读取；请用 Excel 打开后另存一份。")) from error
    return ((name, workbook.get_sheet_by_name(name).iter_rows()) for name in names)
