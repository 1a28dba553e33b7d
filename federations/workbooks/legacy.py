"""Old .xls workbooks, read by another process whose memory is limited."""

import datetime
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from .guard import ENCRYPTED_STREAM, OLE_SIGNATURE, UnsafeWorkbook
from .legacy_child import PASSWORD
from .limits import MAX_FILLED_ROWS, MAX_GRID_CELLS, MAX_TEXT_CHARS, TooLarge
from .text import Cell

MAX_BYTES = 30 * 1024**2
CHILD_MEGABYTES, CHILD_SECONDS = 400, 60
_CHILD = Path(__file__).with_name("legacy_child.py")

Rows = list[list[Cell]]

_DECODERS = {
    "date": datetime.date.fromisoformat,
    "datetime": datetime.datetime.fromisoformat,
    "time": datetime.time.fromisoformat,
    "timedelta": lambda seconds: datetime.timedelta(seconds=seconds),
}


def is_legacy(path: Path) -> bool:
    """Whether the file is of the kind that .xls is, and no locked .xlsx."""
    with Path(path).open("rb") as file:
        start = file.read(1024**2)
        return start.startswith(OLE_SIGNATURE) and ENCRYPTED_STREAM not in start + file.read(
            MAX_BYTES
        )


def open_legacy_sheets(path: Path) -> Iterator[tuple[str, Rows]]:
    """The names and rows of an .xls workbook's sheets.

    Raises UnsafeWorkbook before any is given when it is broken, locked or too large.
    """
    if Path(path).stat().st_size > MAX_BYTES:
        raise UnsafeWorkbook(_explain_size())
    command = [sys.executable, "-I", str(_CHILD), str(path)]
    limits = [str(CHILD_MEGABYTES), str(CHILD_SECONDS)]
    with subprocess.Popen(  # noqa: S603 our own script
        command + limits, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        try:
            sheets = _collect(child.stdout)
        except TooLarge as error:
            child.kill()
            raise UnsafeWorkbook(_explain_size()) from error
    if child.returncode:
        raise UnsafeWorkbook(_explain_failure(child.returncode))
    return iter(sheets)


def _collect(lines: IO[bytes]) -> list[tuple[str, Rows]]:
    sheets: list[tuple[str, Rows]] = []
    chars = cells = rows = 0
    while line := lines.readline(MAX_TEXT_CHARS):
        chars += len(line)
        if not line.endswith(b"\n") or chars > 6 * MAX_TEXT_CHARS:
            raise TooLarge
        content = json.loads(line)
        if isinstance(content, str):
            sheets.append((content, []))
            continue
        cells, rows = cells + len(content), rows + 1
        if cells > MAX_GRID_CELLS or rows > MAX_FILLED_ROWS:
            raise TooLarge
        sheets[-1][1].append([_decode(cell) for cell in content])
    return sheets


def _decode(cell: Any) -> Cell:
    if not isinstance(cell, dict):
        return cell
    [(kind, value)] = cell.items()
    return _DECODERS[kind](value)


def _explain_failure(code: int) -> str:
    """A child that was stopped by a limit has a negative code, or one of the interpreter's."""
    if code == PASSWORD:
        return _("文件有密码保护，请去掉密码、另存后再导入。")
    if code < 0 or code == 1:
        return _explain_size()
    return _("文件已损坏，无法读取；请用 Excel 打开后另存为 .xlsx 再导入。")


def _explain_size() -> str:
    return _("文件展开后太大，没有读取；请删去表格右侧和下方多余的行列，或分成几个文件导入。")
