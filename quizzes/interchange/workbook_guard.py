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

from .entries import UnreadableWorkbook
from .sheet_meter import PartMeter, TooLarge, UnsoundPart

MAX_UNPACKED_BYTES = 200 * 1024**2
# XML packs to a tenth, repetitive sheets to a fiftieth. Small files may do as they like.
MAX_RATIO = 200
RATIO_COUNTS_FROM_BYTES = 5 * 1024**2
CHUNK_BYTES = 256 * 1024

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_IS_ENCRYPTED = 0x1
_SHARED_STRINGS = "xl/sharedstrings.xml"


def check_workbook(path: Path) -> None:
    """Raises UnreadableWorkbook unless the file is a sound .xlsx of a bearable size."""
    try:
        with path.open("rb") as file:
            _check_file(file)
    except OSError as error:
        raise UnreadableWorkbook(
            _("打不开文件：%(error)s。") % {"error": error.strerror}
        ) from error


def _check_file(file: IO[bytes]) -> None:
    if not zipfile.is_zipfile(file):
        raise UnreadableWorkbook(_explain_other_format(file))
    try:
        with zipfile.ZipFile(file) as archive:
            _check_archive(archive)
    except (zipfile.BadZipFile, zlib.error, UnsoundPart, EOFError) as error:
        raise UnreadableWorkbook(_("文件已损坏，无法读取；请用 Excel 打开后另存一份。")) from error
    except NotImplementedError as error:
        raise UnreadableWorkbook(_("文件的压缩方式不常见，请用 Excel 打开后另存一份。")) from error
    except TooLarge as error:
        raise UnreadableWorkbook(
            _("文件展开后太大，没有读取；请删去表格右侧和下方多余的行列，或分成几个文件导入。")
        ) from error


def _explain_other_format(file: IO[bytes]) -> str:
    file.seek(0)
    start = file.read(1024**2)
    if not start:
        return _("文件是空的，请重新选择。")
    if not start.startswith(_OLE_SIGNATURE):
        return _("这不是 .xlsx 文件，请用 Excel 或 WPS 另存为 .xlsx 后再导入。")
    if _ENCRYPTED_STREAM in start + file.read():
        return _("文件有密码保护，请去掉密码、另存后再导入。")
    return _("这是旧版 .xls 文件，请用 Excel 或 WPS 另存为 .xlsx 后再导入。")


def _check_archive(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & _IS_ENCRYPTED for part in parts):
        raise UnreadableWorkbook(_("文件有密码保护，请去掉密码、另存后再导入。"))
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise UnreadableWorkbook(_("这不是 .xlsx 文件，请用 Excel 或 WPS 另存为 .xlsx 后再导入。"))
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    is_absurd = unpacked > RATIO_COUNTS_FROM_BYTES and unpacked > MAX_RATIO * packed
    if unpacked > MAX_UNPACKED_BYTES or is_absurd:
        raise TooLarge
    _measure_parts(archive, parts)


def _measure_parts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Shared strings come first: sheets only name them. Reading checks the checksums as well."""
    xml = [part for part in parts if part.filename.lower().endswith(".xml")]
    xml.sort(key=lambda part: part.filename.lower() != _SHARED_STRINGS)
    meter = PartMeter()
    for part in xml:
        with archive.open(part) as stream:
            meter.measure(iter(lambda source=stream: source.read(CHUNK_BYTES), b""))
