"""From a file to its worksheets."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from .guard import UnsafeWorkbook, check_workbook


def open_sheets(path: Path) -> Iterator[tuple[str, CalamineSheet]]:
    """The names and contents of the worksheets, hidden ones too, one in memory at a time.

    Raises UnsafeWorkbook before any is given when the file or one of them cannot be read.
    """
    check_workbook(path)
    try:
        workbook = CalamineWorkbook.from_path(path)
        names = [
            sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
        ]
        for name in names:
            workbook.get_sheet_by_name(name)
    # Numbers and dates out of range come as ValueError.
    except (CalamineError, OSError, ValueError) as error:
        raise UnsafeWorkbook(_("文件已损坏，无法读取；请用 Excel 打开后另存一份。")) from error
    return ((name, workbook.get_sheet_by_name(name)) for name in names)
