"""Files that are broken, locked or made to bring the site down."""

import zipfile

import pytest

from quizzes.interchange import excel
from quizzes.interchange.entries import UnreadableWorkbook
from tests.quizzes.workbooks import make_choices, make_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
XML = '<?xml version="1.0" encoding="UTF-8"?>'


@pytest.fixture
def sound(tmp_path):
    return make_workbook(tmp_path / "sound.xlsx", 单选题=make_choices(3))


def refuse(path):
    with pytest.raises(UnreadableWorkbook) as caught:
        excel.read(path)
    return str(caught.value)


def replace_part(sound, name, content):
    """The sound workbook with one part changed or added."""
    path = sound.with_name(f"{sound.stem}-.xlsx")
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in {*old.namelist(), name}:
            new.writestr(part, content if part == name else old.read(part))
    return path


def write_sheet(sound, cells):
    sheet = f"{XML}<worksheet><sheetData>{cells}</sheetData></worksheet>"
    return replace_part(sound, "xl/worksheets/sheet1.xml", sheet)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的"),
        ("题干,答案".encode("gb18030"), "这不是 .xlsx 文件"),
        (OLE, "这是旧版 .xls 文件"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "文件有密码保护"),
        (b"PK\x03\x04 cut off", "这不是 .xlsx 文件"),
    ],
)
def test_other_files_are_named(tmp_path, content, message):
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)

    assert refuse(path).startswith(message)


def test_missing_file_is_refused(tmp_path):
    assert refuse(tmp_path / "none.xlsx").startswith("打不开文件")


def test_other_archive_is_refused(tmp_path):
    path = tmp_path / "file.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")

    assert refuse(path).startswith("这不是 .xlsx 文件")


def test_damaged_part_is_refused(sound):
    content = bytearray(sound.read_bytes())
    with zipfile.ZipFile(sound) as archive:
        offset = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content[offset + 80 : offset + 120] = bytes(40)
    sound.write_bytes(content)

    assert refuse(sound).startswith("文件已损坏")


@pytest.mark.parametrize(
    "sheet", [f"{XML}<worksheet><row>", '<?xml version="1.0" encoding="no-such"?><worksheet/>']
)
def test_broken_xml_is_refused(sound, sheet):
    path = replace_part(sound, "xl/worksheets/sheet1.xml", sheet)

    assert refuse(path).startswith("文件已损坏")


def test_entity_bomb_is_refused(sound):
    sheet = f'{XML}<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet>&b;</worksheet>'

    assert refuse(replace_part(sound, "xl/worksheets/sheet1.xml", sheet)).startswith("文件已损坏")


def test_absurd_ratio_is_refused(sound):
    path = replace_part(sound, "docProps/app.xml", b"<a>" + b" " * 30_000_000 + b"</a>")

    assert path.stat().st_size < 100_000
    assert refuse(path).startswith("文件展开后太大")


def test_two_far_cells_are_refused(sound):
    cells = '<row><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    assert refuse(write_sheet(sound, cells)).startswith("文件展开后太大")


def test_long_text_named_often_is_refused(sound):
    long = f"{XML}<sst><si><t>{'长' * 100_000}</t></si></sst>"
    path = replace_part(sound, "xl/sharedStrings.xml", long)
    cells = "<row>" + '<c t="s"><v>0</v></c>' * 1000 + "</row>"

    assert refuse(write_sheet(path, cells)).startswith("文件展开后太大")


def test_phantom_columns_are_not_walked(sound):
    phantom = "".join(f'<c r="XF{letter}2" s="1"/>' for letter in "ABCD")
    header = "".join(
        f'<c t="inlineStr"><is><t>{name}</t></is></c>'
        for name in ("题干", "选项A", "选项B", "答案")
    )
    path = write_sheet(sound, f'<row r="1">{header}</row><row r="2">{phantom}</row>')

    assert list(excel.read(path)) == []
