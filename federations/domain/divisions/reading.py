"""From the bytes of a CSV file to rows with their line numbers."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from federations.domain.divisions.rows import DivisionRow, RowProblem, TreeFileError

COLUMNS = ("code", "parent_code", "level", "name", "kind")
ENCODINGS = ("utf-8-sig", "gb18030")
LEVEL_UNREADABLE = 0


def read_rows(path: Path) -> list[DivisionRow]:
    """Read the whole file.

    Raises TreeFileError when it is no such table at all; a broken line becomes a row that carries
    its fault, so that its children are not reported as orphans as well.
    """
    return list(parse_lines(decode(path).splitlines(keepends=True)))


def decode(path: Path) -> str:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise _whole_file(_("读不到文件“%(path)s”，请检查路径。") % {"path": path}) from error
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _whole_file(_("文件不是 UTF-8 或 GB18030 编码的文本，请另存为“CSV UTF-8”再导入。"))


def parse_lines(lines: Iterable[str]) -> Iterator[DivisionRow]:
    reader = csv.reader(lines)
    try:
        order = _read_header(next(reader, []))
        start = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _read_row(start, cells, order)
            start = reader.line_num + 1
    except csv.Error as error:
        message = _("无法按 CSV 读取，请检查这一行的引号和换行。")
        raise TreeFileError([RowProblem(reader.line_num, message)]) from error


def _read_header(cells: list[str]) -> list[int]:
    """Return where each of COLUMNS stands in the file."""
    names = [cell.strip().lower() for cell in cells]
    if sorted(names) != sorted(COLUMNS):
        message = _("表头应为 %(columns)s 五列，请改正第一行。")
        raise TreeFileError([RowProblem(1, message % {"columns": "、".join(COLUMNS)})])
    return [names.index(column) for column in COLUMNS]


def _read_row(line: int, cells: list[str], order: list[int]) -> DivisionRow:
    cells = [cell.strip() for cell in cells]
    if len(cells) != len(COLUMNS):
        fault = _("这一行有 %(found)d 列，应为 %(expected)d 列。") % {
            "found": len(cells),
            "expected": len(COLUMNS),
        }
        code = cells[order[0]] if order[0] < len(cells) else ""
        return DivisionRow(line, code, "", LEVEL_UNREADABLE, "", fault=fault)
    code, parent_code, level, name, kind = (cells[place] for place in order)
    return DivisionRow(line, code, parent_code, _read_level(level), name, kind)


def _read_level(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 1 else LEVEL_UNREADABLE


def _whole_file(message: str) -> TreeFileError:
    return TreeFileError([RowProblem(0, message)])
