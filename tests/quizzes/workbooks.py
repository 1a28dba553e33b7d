"""Workbooks for tests, made with another library than the one that reads them."""

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
