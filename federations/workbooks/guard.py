"""Looking into a file before the workbook reader does, which trusts what it is given.

The reader holds a sheet as a full grid from the first to the last cell with a value, each
with its own copy of its text. A few kilobytes can ask for terabytes that way, so the grid
is measured here first, in a stream.
"""

import zipfile
import zlib
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from .limits import MAX_COPY_BYTES, STANDARD, STREAMED, Limits, TooLarge
from .parts import WORKBOOK, Parts, check_sizes, list_parts, measure_parts, open_zip
from .xml import UnsoundPart

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_IS_ENCRYPTED = 0x1
# With these in it the reader might take the file for another kind of workbook.
_OTHER_KINDS = {"xl/workbook.bin", "content.xml"}


class UnsafeWorkbook(Exception):
    """The file as a whole cannot be read; the message says why and what to do, in Chinese."""


def check_workbook(path: Path, *, to_copy: bool = False) -> None:
    """Raises UnsafeWorkbook unless the file is a sound .xlsx of a bearable size.

    `to_copy` asks whether openpyxl may load it, which needs far more memory than reading.
    """
    copy_bytes = _measure(path, STANDARD)
    if to_copy and copy_bytes > MAX_COPY_BYTES:
        raise UnsafeWorkbook(
            _(
                "工作簿的内容或格式太多，不能另存一份；请只把需要的行列复制到新的工作簿，或分成几个文件。"
            )
        )


def check_streamed_workbook(path: Path) -> None:
    """Raises UnsafeWorkbook unless the file is a sound .xlsx that may be read row by row."""
    _measure(path, STREAMED)


def _measure(path: Path, limits: Limits) -> int:
    """About the bytes that a copy would need."""
    try:
        with Path(path).open("rb") as file:
            return _check_file(file, limits)
    except OSError as error:
        raise UnsafeWorkbook(_("打不开文件：%(error)s。") % {"error": error.strerror}) from error


def _check_file(file: IO[bytes], limits: Limits) -> int:
    if not zipfile.is_zipfile(file):
        raise UnsafeWorkbook(_explain_other_format(file))
    try:
        with open_zip(file) as archive:
            return _check_archive(archive, limits)
    except (zipfile.BadZipFile, zlib.error, UnsoundPart, EOFError) as error:
        raise UnsafeWorkbook(_("文件已损坏，无法读取；请用 Excel 打开后另存一份。")) from error
    except NotImplementedError as error:
        raise UnsafeWorkbook(_("文件的压缩方式不常见，请用 Excel 打开后另存一份。")) from error
    except TooLarge as error:
        raise UnsafeWorkbook(
            _("文件展开后太大，没有读取；请删去表格右侧和下方多余的行列，或分成几个文件导入。")
        ) from error


def _explain_other_format(file: IO[bytes]) -> str:
    file.seek(0)
    start = file.read(1024**2)
    if not start:
        return _("文件是空的，请重新选择。")
    if not start.startswith(OLE_SIGNATURE):
        return _explain_no_workbook()
    if ENCRYPTED_STREAM in start + file.read():
        return _("文件有密码保护，请去掉密码、另存后再导入。")
    return _("这是旧版 .xls 文件，请用 Excel 或 WPS 另存为 .xlsx 后再导入。")


def _explain_no_workbook() -> str:
    return _("这不是 .xlsx 文件，请用 Excel 或 WPS 另存为 .xlsx 后再导入。")


def _check_archive(archive: zipfile.ZipFile, limits: Limits) -> int:
    parts = list_parts(archive)
    _check_kind(parts)
    check_sizes(parts, limits)
    return measure_parts(archive, parts, limits)


def _check_kind(parts: Parts) -> None:
    if any(part.flag_bits & _IS_ENCRYPTED for part in parts.values()):
        raise UnsafeWorkbook(_("文件有密码保护，请去掉密码、另存后再导入。"))
    if WORKBOOK not in parts or _OTHER_KINDS & parts.keys():
        raise UnsafeWorkbook(_explain_no_workbook())
