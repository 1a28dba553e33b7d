"""Files that are broken, locked, wrongly named or made to bring the site down."""

import resource
import zipfile

import pytest

from quizzes.domain.importing import import_questions
from quizzes.interchange.entries import RawQuestion, UnreadableFile
from quizzes.interchange.error_workbook import write_errors
from quizzes.interchange.excel_writing import write
from quizzes.interchange.registry import FORMATS, find_format
from tests.quizzes.workbooks import CHOICE_HEADER, make_workbook, make_xls

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le")
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><quiz>&c;</quiz>'
MEMORY_MB = 150


def zipped(**parts):
    def make(path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)

    return make


def holding(content):
    return lambda path: path.write_bytes(content)


BROKEN = [
    ("a.xlsx", holding(b""), "文件是空的"),
    ("a.xlsx", holding(LOCKED), "文件有密码保护"),
    ("a.xls", holding(LOCKED), "文件有密码保护"),
    ("a.xls", holding(OLE), "文件已损坏"),
    ("a.xls", holding(b"<html><table>"), "这不是 .xlsx 文件"),
    ("a.docx", holding(b"PK\x03\x04"), "文件已损坏"),
    ("a.docx", zipped(word__document_xml="<w:document>"), "文件已损坏"),
    ("a.docx", zipped(word__document_xml=ENTITIES), "文件已损坏"),
    ("a.docx", zipped(word__document_xml="<a>" + " " * 30_000_000 + "</a>"), "文件展开后太大"),
    ("a.docx", zipped(word__document_xml="<a>" + "<w:p/>" * 200_001 + "</a>"), "文件展开后太大"),
    ("a.zip", zipped(other="x"), "文件的内容和它的扩展名不符"),
    ("a.zip", zipped(imsmanifest_xml=ENTITIES), "文件已损坏"),
    ("a.gift", holding(b"x" * (50 * 1024**2)), "文件超过 20 MB"),
    ("a.gift", holding(bytes(range(256))), "看不懂文件里的文字"),
    ("a.csv", holding(b"," * 1_000_000), "表格的行或列太多"),
    ("a.csv", holding(b"a\n" * 100_001), "表格的行或列太多"),
    ("a.xml", holding(ENTITIES), "这不是完整的 XML"),
    ("a.xml", holding(b"<quiz>" + b"<a>" * 1_000_000), "文件太大或嵌套太深"),
    ("a.xml", holding(b"<quiz><question>" + b"<a/>" * 30_000 + b"</question></quiz>"), "文件太大"),
    ("a.xml", holding(b"<html/>"), "这个 XML 文件不是 Moodle 题库"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "message"), BROKEN)
def test_file_is_refused_with_a_reason_and_little_memory(tmp_path, name, make, message):
    path = tmp_path / name
    make(path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(UnreadableFile, match=message):
        list(find_format(name, path).read(path))

    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    assert grown < MEMORY_MB


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_missing_file_is_refused(tmp_path, form):
    with pytest.raises(UnreadableFile):
        list(form.read(tmp_path / f"none{form.extensions[0]}"))


def test_huge_old_workbook_is_refused(tmp_path, monkeypatch):
    path = make_xls(tmp_path / "a.xls", [["题干"], *[[]] * 60_000, [""] * 255 + ["x"]])

    with pytest.raises(UnreadableFile, match="文件展开后太大"):
        FORMATS["excel"].read(path)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.docx", "里面却是Excel 表格；请把结尾改成 .xlsx"),
        ("a.zip", "里面却是Excel 表格"),
        ("a.doc", "这是旧版 Word 文件"),
        ("a.pdf", "不认识这种文件"),
        ("a", "不认识这种文件"),
    ],
)
def test_wrong_extension_is_told(tmp_path, name, message):
    path = make_workbook(tmp_path / "a.xlsx", 单选题=[CHOICE_HEADER])

    with pytest.raises(UnreadableFile, match=message):
        find_format(name, path)


@pytest.mark.parametrize("name", ["题.XLSX", "a.xls"])
def test_right_extension_is_taken(tmp_path, name):
    path = make_workbook(tmp_path / "a.xlsx", 单选题=[CHOICE_HEADER])

    assert find_format(name, path).key == "excel"


# What is written.


def test_written_workbook_holds_no_formula(tmp_path):
    path = tmp_path / "a.xlsx"
    entry = RawQuestion("a", 1, "single", "=1+1", ("=2", "@x"), ("A",), "=cmd", tags=("=t",))

    write(path, [entry], "=bank")

    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"=1+1" in archive_strings(path)


def archive_strings(path):
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/sharedStrings.xml")


# What was not imported comes back.


def load(path, **options):
    entries = find_format(path.name, path).read(path)
    return import_questions(bank_name="国安", entries=entries, **options)


@pytest.mark.django_db
def test_corrected_errors_are_imported(tmp_path):
    rows = [
        ["题库"],
        CHOICE_HEADER,
        ["好的？", "甲", "乙", "", "", "A"],
        ["@坏的？", "甲", "乙", "", "", "D"],
    ]
    source = make_workbook(tmp_path / "a.xlsx", 单选题=rows)
    errors = tmp_path / "errors.xlsx"

    write_errors(errors, load(source), source)

    [line] = load(errors).lines
    assert (line.entry.sheet, line.entry.row, line.entry.stem) == ("单选题", 2, "@坏的？")
    assert "导入结果".encode() in archive_strings(errors)
    assert "答案 D 没有对应的选项".encode() in archive_strings(errors)
    corrected = make_workbook(
        tmp_path / "b.xlsx",
        单选题=[
            [*CHOICE_HEADER, "导入结果"],
            ["@坏的？", "甲", "乙", "", "", "B", "", "", line.reason],
        ],
    )
    assert [str(each.result) for each in load(corrected).lines] == ["imported"]


@pytest.mark.django_db
def test_errors_of_another_file_come_in_our_layout(tmp_path):
    source = tmp_path / "a.gift"
    source.write_text("没有答案\n\n哪个？{=甲 ~甲}\n\n好。{T}")
    errors = tmp_path / "errors.xlsx"

    write_errors(errors, load(source), source)

    lines = load(errors).lines
    assert [each.entry.row for each in lines] == [2, 3]
    assert lines[1].entry.stem == "哪个？"
    assert "选项 A 和 B 内容相同".encode() in archive_strings(errors)


@pytest.mark.django_db
def test_file_without_errors_gives_an_empty_workbook(tmp_path):
    source = make_workbook(tmp_path / "a.xlsx", 判断题=[["题干", "答案"], ["好。", "对"]])
    errors = tmp_path / "errors.xlsx"

    write_errors(errors, load(source), source)

    assert load(errors).lines == ()
