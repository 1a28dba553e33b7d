"""The other layouts that editors have, and other files than .xlsx."""

import pytest

from quizzes.interchange import excel
from quizzes.interchange.entries import Problem, UnreadableFile
from quizzes.interchange.headers import read_header
from quizzes.interchange.option_lists import split_options
from tests.quizzes.workbooks import make_workbook, make_xls

HEADER = "题干,题型,选项A,选项B,答案\n"
ROW = "哪个？,单选题,甲,乙,A\n"


@pytest.fixture
def read(tmp_path):
    def read_rows(*rows, sheet="导入"):
        path = make_workbook(tmp_path / "试题.xlsx", **{sheet: [list(row) for row in rows]})
        return list(excel.read(path))

    return read_rows


@pytest.fixture
def read_csv(tmp_path):
    def read_bytes(content):
        path = tmp_path / "试题.csv"
        path.write_bytes(content)
        return list(excel.read(path))

    return read_bytes


def show(entries):
    return [(each.type, each.stem, each.options, each.answers) for each in entries]


def test_layout_with_metadata_above_the_header_is_read(read):
    entries = read(
        ["标题", "安全题库"],
        ["描述", ""],
        ["用时", "60"],
        ["题干", "题型", "选择项1", "选择项2", "解析", "答案1", "答案2"],
        ["甲？", "多选题", "x", "y", "", "A", "B"],
        ["____和____", "填空题", "", "", "", "一", "二|||2"],
    )

    assert show(entries) == [
        ("multiple", "甲？", ("x", "y"), ("A", "B")),
        ("blank", "____和____", (), ("一", "二|||2")),
    ]


def test_enterprise_layout_is_read(read):
    header = [
        "序号",
        "一级纲要",
        "二级纲要",
        "题目分类",
        "题型",
        "题干",
        "选项",
        "答案",
        "题目依据",
    ]
    header += ["试题分数", "备注", "判断题解析"]
    rows = [
        [1, "安全", "用电", "\\", "单选题", "电线？", "A-带电|B-停电", "A", "规程", 1, "\\", "\\"],
        [2, "安全", "\\", "\\", "判断题", "能碰。", "\\", "错", "\\", 1, "\\", "会触电"],
    ]

    entries = read(header, *rows)

    assert show(entries) == [
        ("single", "电线？", ("带电", "停电"), ("A",)),
        ("judge", "能碰。", (), ("错",)),
    ]
    assert [(each.knowledge_point, each.source, each.explanation) for each in entries] == [
        ("用电", "规程", ""),
        ("安全", "", "会触电"),
    ]


def test_network_university_layout_is_read(read):
    entries = read(["题型", "题干", "选项", "答案"], ["单选", "单位？", "A. kW$;$B. kVA", "B"])

    assert show(entries) == [("single", "单位？", ("kW", "kVA"), ("B",))]


def test_layout_with_numbers_for_types_is_read(read):
    header = ["试题GUID", "题型（0单选，1判断，2多选)", "题干(必填）", "答案", "选项A", "选项B"]
    header += ["知识点一级", "知识点二级", "知识点三级", "出处"]

    entries = read(
        header,
        ["g1", 0, "甲？", "A", "x", "y", "法", "宪法", "", "书"],
        ["g2", 1, "乙。", "对", "", "", "法", "", "", ""],
        ["g3", 2, "丙？", "AB", "x", "y", "", "", "", ""],
    )

    assert [(each.type, each.knowledge_point) for each in entries] == [
        ("single", "宪法"),
        ("judge", "法"),
        ("multiple", ""),
    ]


def test_number_that_no_header_explains_is_listed(read):
    [entry] = read(["题型", "题干", "答案"], [0, "甲？", "A"])

    assert entry.reason.startswith("看不懂题型“0”")


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("A-带电|B-停电", ("带电", "停电")),
        ("A. 一|二|B. 三", ("一|二", "三")),
        ("A、甲\nB、乙\n", ("甲", "乙")),
        ("甲|乙|丙", ("甲", "乙", "丙")),
        ("（A）甲；（B）乙", ("甲", "乙")),
        ("", ()),
    ],
)
def test_options_in_one_cell_are_divided(text, options):
    assert split_options(text) == options


def test_pairs_orders_and_numbers_are_read(read):
    entries = read(
        ["题干", "题型", "选项A", "选项B", "选项C", "答案", "设置：计分方式", "标签"],
        ["配对", "匹配题", "甲 => 一", "乙 => 二", "＝> 三", "", "", "国安；新"],
        ["排序", "排序题", "中", "先", "后", "B,A,C", "全对才得分", ""],
        ["几？", "数值题", "", "", "", "3.14±1%", "", ""],
    )

    assert show(entries) == [
        ("matching", "配对", ("甲 => 一", "乙 => 二", "＝> 三"), ()),
        ("ordering", "排序", ("先", "中", "后"), ()),
        ("numeric", "几？", (), ("3.14±1%",)),
    ]
    assert (entries[0].tags, entries[1].settings) == (("国安", "新"), {"scoring": "exact"})


# Cases.

CASE_HEADER = ["材料", "题组", "题型", "题干", "选项A", "选项B", "答案", "解析"]


def test_consecutive_rows_with_one_text_are_a_case(read):
    [case, other] = read(
        CASE_HEADER,
        ["甲村……", "", "单选题", "一？", "x", "y", "A", "见书"],
        ["甲村……", "", "判断题", "二。", "", "", "对", ""],
        ["", "", "判断题", "三。", "", "", "错", ""],
    )

    assert (case.type, case.stem, case.explanation) == ("case", "甲村……", "第 1 小题：见书")
    assert show(case.parts) == [
        ("single", "一？", ("x", "y"), ("A",)),
        ("judge", "二。", (), ("对",)),
    ]
    assert case.rows == (2, 3)
    assert other.type == "judge"


def test_numbered_group_needs_its_text_once(read):
    [case] = read(
        CASE_HEADER,
        ["甲村……", 1, "判断题", "一。", "", "", "对", ""],
        ["", 1, "判断题", "二。", "", "", "错", ""],
    )

    assert (case.stem, len(case.parts)) == ("甲村……", 2)


def test_case_with_an_unreadable_part_is_listed_row_by_row(read):
    entries = read(
        CASE_HEADER,
        ["甲村……", 1, "看图题", "一。", "", "", "对", ""],
        ["甲村……", 1, "判断题", "二。", "", "", "错", ""],
    )

    assert [(type(each), each.row) for each in entries] == [(Problem, 2), (Problem, 3)]
    assert entries[1].reason.startswith("同一题组里有读不懂的题")


# Other files.


@pytest.mark.parametrize(
    "content",
    [
        (HEADER + ROW).encode("utf-8-sig"),
        (HEADER + ROW).encode("utf-8"),
        (HEADER + ROW).encode("gb18030"),
        (HEADER + ROW).replace(",", ";").encode("gb18030"),
        (HEADER + ROW).replace(",", "\t").encode("utf-16"),
        (HEADER + ROW).replace("\n", "\r\n").encode(),
    ],
)
def test_csv_is_read_in_any_encoding_with_any_separator(read_csv, content):
    assert show(read_csv(content)) == [("single", "哪个？", ("甲", "乙"), ("A",))]


def test_csv_cell_may_hold_lines_and_separators(read_csv):
    [entry] = read_csv((HEADER + '"甲,\n""乙""？",单选题,x,y,A\n').encode())

    assert entry.stem == '甲,\n"乙"？'


def test_short_csv_row_is_read(read_csv):
    [entry] = read_csv((HEADER + "甲。,判断题\n").encode())

    assert show([entry]) == [("judge", "甲。", (), ())]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02\xff", HEADER.encode() + b"," * 1_000_000, b'"' + b"a" * 200_000],
)
def test_csv_that_is_no_table_is_refused(read_csv, content):
    with pytest.raises(UnreadableFile):
        read_csv(content)


def test_old_workbook_is_read(tmp_path):
    path = make_xls(
        tmp_path / "试题.xls", [["题干", "选项A", "选项B", "答案"], ["甲？", "x", "y", "B"]]
    )

    assert show(excel.read(path)) == [("single", "甲？", ("x", "y"), ("B",))]


def test_question_about_a_heading_is_no_header(read):
    header = ["题干", "题型", "答案"]

    entries = read(header, ["题目", "简答题", "答案"])

    assert show(entries) == [("short", "题目", (), ("答案",))]


def test_result_column_is_not_read():
    assert read_header(["题干", "答案", "导入结果"]).roles == {"stem": 0, "answer": 1}
