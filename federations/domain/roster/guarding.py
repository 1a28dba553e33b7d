"""Looks at a workbook before a parser does: is it one, and will it fit into memory?"""

import re
import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

MAX_UNPACKED = 200 * 1024 * 1024
# The parser lays out every cell up to the farthest one, empty or not.
MAX_AREA = 10_000_000
CHUNK = 1024 * 1024
LONGEST_TAG = 200
OLE_MAGIC = b"\xd0\xcf\x11\xe0"
# A cell that holds something; a self-closing one is only styled, and the parser skips it.
FILLED_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')


class RosterFileError(ValueError):
    """The file as a whole cannot be read; the message says why, in Chinese."""


def check_workbook(path: Path) -> None:
    """Raises RosterFileError unless the file is a sound, unencrypted .xlsx of a sane size."""
    try:
        with Path(path).open("rb") as file:
            start = file.read(len(OLE_MAGIC))
    except OSError as error:
        message = _("读不到文件“%(path)s”，请检查路径。") % {"path": path}
        raise RosterFileError(message) from error
    if start == OLE_MAGIC:
        raise RosterFileError(
            _("文件加了密码，或是旧版 .xls：请用 Excel 打开，取消密码，另存为 .xlsx 再导入。")
        )
    try:
        with zipfile.ZipFile(path) as archive:
            _check_archive(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise RosterFileError(
            _("文件不是 .xlsx 工作簿或已经损坏：请用 Excel 打开，另存为 .xlsx 再导入。")
        ) from error


def _check_archive(archive: zipfile.ZipFile) -> None:
    if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED:
        raise RosterFileError(_("工作簿解压后超过 200 MB，请只保留花名册工作表再导入。"))
    if "xl/workbook.xml" not in archive.namelist():
        raise zipfile.BadZipFile
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            _check_area(archive, name)


def _check_area(archive: zipfile.ZipFile, name: str) -> None:
    farthest_row = farthest_column = 0
    tail = b""
    with archive.open(name) as sheet:
        while chunk := sheet.read(CHUNK):
            chunk = tail + chunk
            for letters, row in FILLED_CELL.findall(chunk):
                farthest_row = max(farthest_row, int(row))
                farthest_column = max(farthest_column, _column_number(letters))
            tail = chunk[-LONGEST_TAG:]
    if farthest_row * farthest_column > MAX_AREA:
        raise RosterFileError(
            _("工作表的范围大得不正常（很远的单元格里有内容）：请把花名册复制到新的工作簿再导入。")
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
