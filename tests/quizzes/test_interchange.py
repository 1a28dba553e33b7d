"""Reading questions out of workbooks, in the layouts that editors really have."""

import datetime

import pytest

from quizzes.interchange import excel
from quizzes.interchange.entries import RawQuestion
from quizzes.interchange.headers import read_header
from tests.quizzes.workbooks import CHOICE_HEADER, make_workbook

KAOSHIBAO_HEADER = [
    "题干（必填）",
    "题型 （必填）",
    "选项 A",
    "选项 B",
    "选项 C",
    "选项 D",
    "选项E\n(勿删)",
    "选项F\n(勿删)",
    "选项G\n(勿删)",
    "选项H\n(勿删)",
    "正确答案\n（必填）",
    "解析\n（勿删）",
    "章节\n（勿删）",
    "难度",
]


@pytest.fixture
def read(tmp_path):
    def read_sheets(**sheets):
        return list(excel.read(make_workbook(tmp_path / "试题.xlsx", **sheets)))

    return read_sheets


def reasons(entries):
    return [(entry.sheet, entry.row, entry.reason.split("：")[0]) for entry in entries]


# Layouts.


def test_layout_with_a_type_column_is_read(read):
    row = ["题一？", "多选题", "甲", "乙", "丙", *[""] * 5, "A,C", "见书", "第一章", "适中"]

    entries = read(导入=[KAOSHIBAO_HEADER, row])

    assert entries == [
        RawQuestion(
            sheet="导入",
            row=2,
            type="multiple",
            stem="题一？",
            options=("甲", "乙", "丙"),
            answers=("A,C",),
            explanation="见书",
            difficulty=3,
            knowledge_point="第一章",
        )
    ]


def test_layout_with_a_sheet_per_type_is_read(read):
    choice = [*CHOICE_HEADER, "知识点"]
    blank = ["* 题干", "* 空 1", "空 2", "空  3", "* 单空分数", "* 难度"]

    entries = read(
        单选题=[choice, ["题？", "甲", "乙", "", "", "A", "", 2, "国安"]],
        填空题=[blank, ["（）和（）", "甲", "乙", "", 1, ""]],
    )

    assert [(each.type, each.options, each.answers, each.difficulty) for each in entries] == [
        ("single", ("甲", "乙"), ("A",), 2),
        ("blank", (), ("甲", "乙"), None),
    ]


def test_layout_of_the_school_template_is_read(read):
    header = ["题干（必填）", "正确答案（逗号分隔如 A,C）", "难度（默认中等）", "解析（可选）"]

    entries = read(
        判断题=[header, ["地球是圆的。", "T", "易", ""]],
        填空题=[header, ["____和____", "甲|||子|乙", "", ""]],
    )

    assert [(each.type, each.answers) for each in entries] == [
        ("judge", ("T",)),
        ("blank", ("甲|||子", "乙")),
    ]


def test_header_below_a_title_is_found(read):
    entries = read(单选题=[["国安题库"], [], CHOICE_HEADER, ["题？", "甲", "乙", "", "", "A"]])

    assert [(type(entry), entry.row) for entry in entries] == [(RawQuestion, 4)]


def test_second_header_starts_a_second_block(read):
    other = ["标答", "题干", "选项A", "选项B"]

    entries = read(
        单选题=[CHOICE_HEADER, ["一？", "甲", "乙", "", "", "A"], other, ["B", "二？", 1, 2]]
    )

    assert [(each.row, each.stem, each.answers) for each in entries] == [
        (2, "一？", ("A",)),
        (4, "二？", ("B",)),
    ]


def test_header_needs_more_than_a_stem():
    assert read_header(["题干", "备注"]) is None


# Nothing is dropped silently.


def test_rows_without_a_header_are_listed_one_by_one(read):
    question = ["高校", "哪项？", "甲", "乙", "A"]

    entries = read(题库调整=[["题库调整"], [], *[question] * 6])

    assert reasons(entries) == [("题库调整", row, "没有找到表头") for row in (1, 3, 4, 5, 6, 7, 8)]


def test_question_above_the_header_is_listed(read):
    entries = read(单选题=[["题？", "甲", "乙", "A"], CHOICE_HEADER])

    assert reasons(entries)[0][:2] == ("单选题", 1)


def test_essay_is_a_short_answer(read):
    entries = read(简答题=[["题干", "标答"], ["为什么？", "因为|所以\n。"]])

    assert [(each.type, each.answers) for each in entries] == [("short", ("因为|所以\n。",))]


@pytest.mark.parametrize(
    ("type_text", "reason"), [("看图题", "看不懂题型“看图题”"), ("", "不知道是什么题型")]
)
def test_unknown_type_is_listed(read, type_text, reason):
    [entry] = read(Sheet1=[["题干", "题型", "答案"], ["题？", type_text, "A"]])

    assert entry.reason.startswith(reason)


def test_date_cell_is_listed(read):
    row = ["哪天？", datetime.date(2022, 4, 15), "乙", "", "", "A"]

    [entry] = read(单选题=[CHOICE_HEADER, row])

    assert entry.reason.startswith("选项 A是日期格式的单元格")


def test_empty_sheet_has_no_entries(read):
    assert read(单选题=[], 多选题=[[" ", ""], []]) == []


# Cells.


def test_numbers_are_read_as_they_look(read):
    [entry] = read(单选题=[CHOICE_HEADER, ["几？", 1978.0, 0.1, 0.45, 12339, "A"]])

    assert entry.options == ("1978", "0.1", "0.45", "12339")


def test_empty_option_between_others_is_kept(read):
    [entry] = read(单选题=[CHOICE_HEADER, ["题？", "甲", "", "丙", "", "C"]])

    assert entry.options == ("甲", "", "丙")


def test_unknown_difficulty_is_noted(read):
    [entry] = read(单选题=[CHOICE_HEADER, ["题？", "甲", "乙", "", "", "A", "", "55"]])

    assert entry.difficulty is None
    assert entry.notes == ("看不懂难度“55”，没有采用；难度请填 1 到 5。",)
