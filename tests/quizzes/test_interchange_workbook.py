"""Workbooks as a whole: what the shared guard refuses is told in the words of an import."""

import zipfile

import pytest

from quizzes.interchange import excel
from quizzes.interchange.entries import UnreadableFile
from tests.quizzes.workbooks import make_choices, make_workbook

XML = '<?xml version="1.0" encoding="UTF-8"?>'


def write_sheet(tmp_path, cells):
    """A sound workbook whose one sheet is written by hand."""
    sound = make_workbook(tmp_path / "sound.xlsx", 单选题=make_choices(3))
    path = tmp_path / "by-hand.xlsx"
    sheet = f"{XML}<worksheet><sheetData>{cells}</sheetData></worksheet>"
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, sheet if part.endswith("/sheet1.xml") else old.read(part))
    return path


def test_file_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "file.xlsx"
    path.write_text("题干,答案", encoding="gb18030")

    with pytest.raises(UnreadableFile, match=r"这不是 \.xlsx 文件"):
        excel.read(path)


def test_two_far_cells_are_refused(tmp_path):
    cells = '<row><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    with pytest.raises(UnreadableFile, match="文件展开后太大"):
        excel.read(write_sheet(tmp_path, cells))


def test_phantom_columns_are_not_walked(tmp_path):
    phantom = "".join(f'<c r="XF{letter}2" s="1"/>' for letter in "ABCD")
    header = "".join(
        f'<c t="inlineStr"><is><t>{name}</t></is></c>'
        for name in ("题干", "选项A", "选项B", "答案")
    )
    path = write_sheet(tmp_path, f'<row r="1">{header}</row><row r="2">{phantom}</row>')

    assert list(excel.read(path)) == []
