"""Reading odd workbooks, writing the report, and the command."""

from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from federations.domain.roster import RosterFileError, import_roster, write_report
from federations.domain.roster.reading import read_roster
from members.models import Member
from tests.federations.test_import_roster import HEADER, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(tmp_path):
    """Save a workbook with these rows and return its path."""

    def run(*rows, name="roster.xlsx"):
        workbook = openpyxl.Workbook()
        for cells in rows:
            workbook.active.append(cells)
        workbook.save(tmp_path / name)
        return tmp_path / name

    return run


def read_report(path, target):
    write_report(import_roster(path=path), target)
    return [
        [cell.value for cell in cells]
        for cells in openpyxl.load_workbook(target).active.iter_rows()
    ]


def test_header_is_found_below_a_title_and_under_odd_spelling(save):
    odd = ["序号", "* 姓 名", "手机号（必填）", "妇联编码或\n全称路径", "职务[选填]", "任 期 起"]

    sheet = read_roster(save(["花名册"], [], odd, [1, "陈秀英", 1, 2, 3, 4]))

    assert (sheet.header_line, sheet.cells(sheet.rows[0])["姓名"]) == (3, "陈秀英")


def test_header_is_found_beside_empty_columns(save):
    sheet = read_roster(save([None, None, *HEADER], [None, None, *row()]))

    assert sheet.cells(sheet.rows[0])["职务"] == "执委"


def test_header_is_found_on_a_later_sheet(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.create_sheet("名单").append(HEADER)
    workbook.save(tmp_path / "roster.xlsx")

    assert read_roster(tmp_path / "roster.xlsx").title == "名单"


def test_missing_columns_are_named(save):
    with pytest.raises(RosterFileError, match="缺少：手机号、任期起。"):
        read_roster(save(["姓名", "妇联编码或全称路径", "职务"]))


def test_empty_rows_and_far_blanks_are_ignored(save):
    sheet = read_roster(save(HEADER, [], row(), [None] * 200 + [" "], row("李梅")))

    assert [line.line for line in sheet.rows] == [3, 5]


def test_far_cells_are_refused_before_they_fill_the_memory(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.append(HEADER)
    workbook.active["XFD1048576"] = "x"
    workbook.save(tmp_path / "far.xlsx")

    with pytest.raises(RosterFileError, match="文件展开后太大"):
        read_roster(tmp_path / "far.xlsx")


def test_file_that_is_no_workbook_is_explained(tmp_path):
    file = tmp_path / "roster.xlsx"
    file.write_bytes(b"name,phone\n")

    with pytest.raises(RosterFileError, match=r"这不是 \.xlsx 文件"):
        read_roster(file)


def test_report_keeps_the_layout_and_adds_a_column(save, tree, tmp_path):
    report = read_report(save(["花名册"], HEADER, row(), row("李梅", "1")), tmp_path / "r.xlsx")

    assert report[1] == [*HEADER, "导入结果"]
    assert [cells[-1] for cells in report[2:]] == [
        "没有问题，尚未导入",
        "手机号应为 11 位数字，以 1 开头，请检查有没有漏写或多写。",
    ]


def test_report_uses_the_result_column_that_is_there(save, tree, tmp_path):
    report = read_report(
        save([*HEADER, "导入结果"], [*row("李梅", "1"), "旧"]), tmp_path / "r.xlsx"
    )

    assert len(report[0]) == 9
    assert report[1][8].startswith("手机号应为")


def test_report_holds_no_formula(save, tree, tmp_path):
    path = save([*HEADER, "备注"], [*row("@李梅", "+1"), "=1+1"])

    report = read_report(path, tmp_path / "r.xlsx")

    assert (report[1][0], report[1][1], report[1][8]) == ("'@李梅", "'+1", None)


def test_report_is_for_its_owner_only(save, tree, tmp_path):
    write_report(import_roster(path=save(HEADER, row())), tmp_path / "r.xlsx")

    assert (tmp_path / "r.xlsx").stat().st_mode & 0o077 == 0


def test_report_never_overwrites_the_roster(save, tree):
    path = save(HEADER, row())

    with pytest.raises(RosterFileError, match="不能写回原文件"):
        write_report(import_roster(path=path), path)


def test_report_is_refused_when_the_copy_would_fill_the_memory(save, tree, tmp_path):
    path = save(HEADER, row())
    workbook = openpyxl.load_workbook(path)
    workbook.active.merged_cells.add("A3:XFD1048576")
    workbook.save(path)

    with pytest.raises(RosterFileError, match="写不出导入结果"):
        write_report(import_roster(path=path), tmp_path / "r.xlsx")


def test_corrected_report_can_be_imported(save, tree, tmp_path):
    read_report(save(HEADER, row("李梅", "+86 13800138000", position="x")), tmp_path / "r.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "r.xlsx")
    workbook.active["D2"] = "执委"
    workbook.save(tmp_path / "r.xlsx")

    assert import_roster(path=tmp_path / "r.xlsx", apply=True).applied


def test_command_is_a_dry_run_by_default(save, tree):
    out = StringIO()

    call_command("import_roster", save(HEADER, row()), stdout=out)

    assert "没有写入任何内容" in out.getvalue()
    assert not Member.objects.exists()


def test_command_applies_and_names_the_next_step(save, tree):
    out = StringIO()

    call_command("import_roster", save(HEADER, row()), apply=True, stdout=out)

    assert "排行榜几秒钟内会算上新名单" in out.getvalue()
    assert Member.objects.count() == 1


def test_command_prints_rows_and_reasons_but_no_person(save, tree):
    out = StringIO()

    with pytest.raises(CommandError, match="有 1 行有问题"):
        call_command("import_roster", save(HEADER, row("李梅梅", position="x")), stdout=out)

    assert "第 2 行：职务应为以下之一" in out.getvalue()
    assert [word for word in ("李梅梅", "13800138000") if word in out.getvalue()] == []


def test_command_writes_the_report_beside_the_roster(save, tree, tmp_path):
    with pytest.raises(CommandError):
        call_command("import_roster", save(HEADER, row(position="x")), stdout=StringIO())

    assert (tmp_path / "roster-导入结果.xlsx").exists()


def test_command_explains_a_broken_file(tmp_path):
    with pytest.raises(CommandError, match="打不开文件"):
        call_command("import_roster", tmp_path / "none.xlsx")
