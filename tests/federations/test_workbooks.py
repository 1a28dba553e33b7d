"""Files that are broken, locked or made to bring the site down, and the text in sound ones."""

import zipfile

import openpyxl
import pytest

from federations.workbooks import (
    UnsafeWorkbook,
    check_workbook,
    is_legacy,
    list_names,
    open_archive,
    open_legacy_sheets,
    open_sheets,
)
from federations.workbooks.text import fold_header, read_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
XML = '<?xml version="1.0" encoding="UTF-8"?>'
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def sound(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.append(["甲", "乙"])
    workbook.save(tmp_path / "sound.xlsx")
    return tmp_path / "sound.xlsx"


def refuse(path, **options):
    with pytest.raises(UnsafeWorkbook) as caught:
        check_workbook(path, **options)
    return str(caught.value)


def change_parts(sound, changes):
    """The sound workbook with some parts changed or added."""
    path = sound.with_name(f"{sound.stem}-.xlsx")
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in {*old.namelist(), *changes}:
            new.writestr(part, changes[part] if part in changes else old.read(part))
    return path


def write_sheet(sound, cells, after="", shared=()):
    strings = "".join(f"<si><t>{text}</t></si>" for text in shared)
    sheet = f"{XML}<worksheet><sheetData>{cells}</sheetData>{after}</worksheet>"
    return change_parts(sound, {SHEET: sheet, "xl/sharedStrings.xml": f"{XML}<sst>{strings}</sst>"})


def test_sound_workbook_is_opened(sound):
    [(name, sheet)] = open_sheets(sound)

    assert (name, list(sheet.iter_rows())) == ("Sheet", [["甲", "乙"]])


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


@pytest.mark.parametrize("part", ["content.xml", "xl/workbook.bin"])
def test_workbook_that_passes_for_another_kind_is_refused(sound, part):
    assert refuse(change_parts(sound, {part: "<a/>"})).startswith("这不是 .xlsx 文件")


def test_damaged_part_is_refused(sound):
    content = bytearray(sound.read_bytes())
    with zipfile.ZipFile(sound) as archive:
        offset = archive.getinfo(SHEET).header_offset
    content[offset + 80 : offset + 120] = bytes(40)
    sound.write_bytes(content)

    assert refuse(sound).startswith("文件已损坏")


@pytest.mark.parametrize(
    "sheet",
    [
        f"{XML}<worksheet><row>",
        '<?xml version="1.0" encoding="no-such"?><worksheet/>',
        f'{XML}<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet>&b;</worksheet>',
    ],
)
def test_unsound_xml_is_refused(sound, sheet):
    assert refuse(change_parts(sound, {SHEET: sheet})).startswith("文件已损坏")


def test_part_that_the_reader_refuses_is_explained(sound):
    path = change_parts(sound, {"xl/workbook.xml": f"{XML}<workbook/>"})
    broken = change_parts(path, {"xl/_rels/workbook.xml.rels": f"{XML}<nothing/>"})

    with pytest.raises(UnsafeWorkbook, match="文件已损坏"):
        open_sheets(broken)


@pytest.mark.parametrize("twin", ["xl/SharedStrings.xml", "xl\\worksheets\\sheet1.xml"])
def test_two_parts_of_one_name_are_refused(sound, twin):
    path = change_parts(sound, {"xl/sharedStrings.xml": f"{XML}<sst/>", twin: f"{XML}<sst/>"})

    assert refuse(path).startswith("文件已损坏")


def test_sheet_that_would_not_be_measured_is_refused(sound):
    with zipfile.ZipFile(sound) as archive:
        relations = archive.read("xl/_rels/workbook.xml.rels")
        sheet = archive.read(SHEET)
    hidden = {
        "xl/_rels/workbook.xml.rels": relations.replace(b"sheet1.xml", b"sheet1.png"),
        "xl/worksheets/sheet1.png": sheet,
    }

    assert refuse(change_parts(sound, hidden)).startswith("文件已损坏")


def test_absurd_ratio_is_refused(sound):
    path = change_parts(sound, {"docProps/app.xml": b"<a>" + b" " * 30_000_000 + b"</a>"})

    assert path.stat().st_size < 100_000
    assert refuse(path).startswith("文件展开后太大")


def test_huge_contents_are_refused_before_they_are_read(sound):
    with (
        zipfile.ZipFile(sound, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/image1.png", "w") as part,
    ):
        for _ in range(201):
            part.write(bytes(1024 * 1024))

    assert refuse(sound).startswith("文件展开后太大")


def test_huge_tag_is_refused(sound):
    noise = bytes(range(256)) * 400
    sheet = f'{XML}<worksheet a="{"b" * 20_000_000}"/>'
    path = change_parts(sound, {SHEET: sheet, "xl/media/image1.png": noise})

    assert refuse(path).startswith("文件展开后太大")


@pytest.mark.parametrize(
    "cells",
    [
        '<row><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1048576"><c><v>1</v></c></row><row r="1"><c r="B1"><v>1</v></c></row>',
        "<row>" + "<c/>" * 1000 + '<c><f>1</f></c></row><row r="2000"><c><v>1</v></c></row>',
    ],
)
def test_far_cells_are_refused(sound, cells):
    assert refuse(write_sheet(sound, cells)).startswith("文件展开后太大")


def test_more_rows_than_an_import_can_hold_are_refused(sound):
    cells = "<row><c><v>1</v></c></row>" * 100_001

    assert refuse(write_sheet(sound, cells)).startswith("文件展开后太大")


@pytest.mark.parametrize("cell", ['<c t="s"><v>0</v></c>', '<c t="s"><v>+00</v></c>'])
def test_long_text_named_often_is_refused(sound, cell):
    path = write_sheet(sound, f"<row>{cell * 1500}</row>", shared=["a" * 1_000_000])

    assert path.stat().st_size < 10_000
    assert refuse(path).startswith("文件展开后太大")


@pytest.mark.parametrize("index", ["x", "0" * 200])
def test_index_of_a_shared_string_that_is_none_is_refused(sound, index):
    path = write_sheet(sound, f'<row><c t="s"><v>{index}</v></c></row>')

    assert refuse(path).startswith("文件已损坏")


def test_phantom_columns_are_no_reason_to_refuse(sound):
    phantom = "".join(f'<c r="XF{letter}2" s="1"/>' for letter in "ABCD")
    path = write_sheet(sound, f'<row><c><v>1</v></c></row><row r="2">{phantom}</row>')

    assert [list(sheet.iter_rows()) for _name, sheet in open_sheets(path)] == [[[1]]]


def test_merged_cells_make_a_copy_too_large_but_may_be_read(sound):
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    path = write_sheet(sound, "<row><c><v>1</v></c></row>", after=merged)

    check_workbook(path)

    assert refuse(path, to_copy=True).startswith("工作簿的内容或格式太多")


def test_many_styles_make_a_copy_too_large(sound):
    styles = f"{XML}<styleSheet><cellXfs>{'<xf/>' * 100_000}</cellXfs></styleSheet>"
    path = change_parts(sound, {"xl/styles.xml": styles})

    assert refuse(path, to_copy=True).startswith("工作簿的内容或格式太多")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("  甲 ", "甲"),
        (True, "TRUE"),
        (13800138000.0, "13800138000"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_cell_is_read_as_text(value, text):
    assert read_text(value) == text


@pytest.mark.parametrize(
    ("header", "folded"),
    [
        ("* 选项  D", "选项D"),
        ("选项E\n(勿删)", "选项E"),
        ("题型(必填）", "题型"),
        ("＊ 标答：", "标答"),
    ],
)
def test_header_is_folded(header, folded):
    assert fold_header(header) == folded


# Other packages, and old workbooks.


def open_parts(path, needed="a.xml"):
    with open_archive(path, needed=needed, advice="请重新导出。") as archive:
        return archive.read(needed, most=1000)


def pack(path, **parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("_", "."), content)
    return path


def test_part_of_an_archive_is_read(tmp_path):
    assert open_parts(pack(tmp_path / "a.zip", a_xml="<a/>")) == b"<a/>"


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"b_xml": "<a/>"}, "文件的内容和它的扩展名不符"),
        ({"a_xml": "a" * 1001}, "文件展开后太大"),
        ({"a_xml": "<a/>", "A_xml": "<a/>"}, "文件已损坏"),
        ({"a_xml": "<a/>", "b_png": "0" * 30_000_000}, "文件展开后太大"),
    ],
)
def test_archive_that_is_unsound_is_refused(tmp_path, parts, message):
    path = pack(tmp_path / "a.zip", **parts)

    with pytest.raises(UnsafeWorkbook, match=message):
        open_parts(path)


def test_archive_with_a_huge_directory_is_refused_unread(tmp_path):
    path = pack(tmp_path / "a.zip", a_xml="<a/>")
    content = bytearray(path.read_bytes())
    end = content.rindex(b"PK\x05\x06")
    content[end + 12 : end + 16] = (7 * 1024**2).to_bytes(4, "little")
    path.write_bytes(content)

    with pytest.raises(UnsafeWorkbook, match="文件展开后太大"):
        list_names(path)
    assert refuse(path).startswith("文件展开后太大")


def test_names_of_what_is_no_archive_are_none(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04")

    assert list_names(tmp_path / "a.zip") == frozenset()


def test_locked_workbook_is_not_an_old_one(tmp_path):
    old, locked = tmp_path / "a.xls", tmp_path / "b.xls"
    old.write_bytes(OLE)
    locked.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))

    assert (is_legacy(old), is_legacy(locked)) == (True, False)


def test_damaged_old_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(OLE)

    with pytest.raises(UnsafeWorkbook, match="文件已损坏"):
        open_legacy_sheets(path)
