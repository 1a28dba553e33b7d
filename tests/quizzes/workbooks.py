"""Workbooks for tests, made with another library than the one that reads them."""

import struct
from pathlib import Path

from openpyxl import Workbook

CHOICE_HEADER = ["* 题干", "* 选项 A", "选项 B", "选项 C", "选项  D", "* 标答", "* 解析", "* 难度"]


def make_workbook(path: Path, **sheets: list[list]) -> Path:
    """One sheet per keyword, with its rows; an empty list is an empty row."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def make_choices(count: int) -> list[list]:
    """A sheet of different single-choice questions under its header."""
    rows = [
        [f"第 {number} 题，下列哪项正确？", "甲", "乙", "丙", "丁", "B", "", 2]
        for number in range(count)
    ]
    return [CHOICE_HEADER, *rows]


def make_xls(path: Path, rows: list[list[str]], sheet: str = "单选题") -> Path:
    """An old workbook of texts, up to some 60 KB: BIFF8 records in a compound file of one stream.

    Nothing that we have writes the format; [MS-XLS] and [MS-CFB] say how.
    """
    stream = _make_biff(rows, sheet)
    stream += bytes(max(4096, -(-len(stream) // 512) * 512) - len(stream))
    sectors = len(stream) // 512
    chain = [0xFFFFFFFD, END_OF_CHAIN, *range(3, 2 + sectors), END_OF_CHAIN]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    directory = _make_entry("Root Entry", 5, child=1) + _make_entry(
        "Workbook", 2, start=2, size=len(stream)
    )
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    path.write_bytes(header + table + directory.ljust(512, b"\0") + stream)
    return path


END_OF_CHAIN = 0xFFFFFFFE


def _make_entry(name: str, kind: int, child=0xFFFFFFFF, start=END_OF_CHAIN, size=0) -> bytes:
    text = name.encode("utf-16-le")
    entry = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1)
    entry += struct.pack("<3I", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36)
    return entry + struct.pack("<IQ", start, size)


def _make_biff(rows: list[list[str]], sheet: str) -> bytes:
    name = sheet.encode("utf-16-le")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    end = _record(0x000A, b"")
    bound = len(start) + 4 + 8 + len(name) + len(end)
    book = start + _record(0x0085, struct.pack("<IHBB", bound, 0, len(sheet), 1) + name) + end
    cells = b"".join(
        _record(
            0x0204,
            struct.pack("<HHHHB", number, column, 0, len(text.encode("utf-16-le")) // 2, 1)
            + text.encode("utf-16-le"),
        )
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
    )
    return book + _record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0)) + cells + end


def _record(number: int, content: bytes) -> bytes:
    return struct.pack("<HH", number, len(content)) + content
