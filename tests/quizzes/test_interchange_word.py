"""Questions typed into Word documents."""

import docx
import pytest
from PIL import Image

from quizzes.interchange import word
from quizzes.interchange.entries import Problem


@pytest.fixture
def read(tmp_path):
    def read_lines(*lines, prepare=None):
        document = docx.Document()
        for line in lines:
            text, style = line if isinstance(line, tuple) else (line, None)
            document.add_paragraph(text, style=style)
        if prepare:
            prepare(document)
        path = tmp_path / "试题.docx"
        document.save(path)
        return list(word.read(path))

    return read_lines


def show(entries):
    return [(each.type, each.stem, each.options, each.answers) for each in entries]


def test_answer_in_brackets_and_options_on_one_line(read):
    entries = read(
        "国安题库", "一、单选题（每题 2 分）", "1. 首都是（B）。", "A. 上海\tB. 北京    C. 广州"
    )

    assert show(entries) == [("single", "首都是（ ）。", ("上海", "北京", "广州"), ("B",))]
    assert (entries[0].sheet, entries[0].row) == ("单选题", 3)


def test_answer_and_explanation_on_lines_of_their_own(read):
    [entry] = read(
        "2、选哪个？",
        "A．甲",
        "B．乙",
        "续行",
        "答案：AB",
        "解析：因为。",
        "所以。",
        "难度：较难",
        "标签：新，旧",
    )

    assert show([entry]) == [("multiple", "选哪个？", ("甲", "乙\n续行"), ("AB",))]
    assert (entry.explanation, entry.difficulty, entry.tags) == ("因为。\n所以。", 4, ("新", "旧"))


def test_word_numbering_counts_as_numbers(read):
    entries = read(
        ("甲（A）", "List Number"), "A. 是", "B. 否", ("乙（B）", "List Number"), "A. 是", "B. 否"
    )

    assert [(each.stem, each.row) for each in entries] == [("甲（ ）", 1), ("乙（ ）", 4)]


def test_other_types_are_read_below_their_headings(read):
    entries = read(
        "三、判断题", "1. 地球是圆的。（√）", "2．太阳从西边升起。", "答案：错误",
        "四、填空题", "1. 国家的根本大法是____，公布于____年。", "答案：宪法；1982",
        "五、配对题", "1. 配对", "甲 => 一", "乙 => 二",
        "六、简答题", "1. 为什么？", "答案：", "1. 甲；", "2. 乙。",
        "2. 怎么办？", "答案：这样办。",
    )  # fmt: skip

    assert show(entries) == [
        ("judge", "地球是圆的。（ ）", (), ("√",)),
        ("judge", "太阳从西边升起。", (), ("错误",)),
        ("blank", "国家的根本大法是____，公布于____年。", (), ("宪法", "1982")),
        ("matching", "配对", ("甲 => 一", "乙 => 二"), ()),
        ("short", "为什么？", (), ("1. 甲；\n2. 乙。",)),
        ("short", "怎么办？", (), ("这样办。",)),
    ]


def test_underlined_gap_is_a_blank(read):
    def add_gap(document):
        paragraph = document.add_paragraph("1. 首都是")
        paragraph.add_run("      ").underline = True
        paragraph.add_run("。")
        document.add_paragraph("答案：北京")

    assert show(read(prepare=add_gap)) == [("blank", "首都是____。", (), ("北京",))]


def test_what_is_not_understood_is_listed_with_its_paragraph(read):
    entries = read("1. 选哪个？（A）", "A. 甲 B. 乙", "2. 这是什么？", "3. 对。（对）")

    assert [(type(each), each.row) for each in entries if isinstance(each, Problem)] == [
        (Problem, 3)
    ]
    assert entries[1].reason.startswith("看不出是什么题")
    assert entries[1].text == "这是什么？"


def test_question_with_a_picture_is_listed(read, tmp_path):

    Image.new("RGB", (4, 4)).save(tmp_path / "a.png")

    def add_picture(document):
        document.add_paragraph("1. 图里是什么？（A）").add_run().add_picture(
            str(tmp_path / "a.png")
        )
        document.add_paragraph("A. 甲 B. 乙")

    [entry] = read(prepare=add_picture)

    assert entry.reason.startswith("题里有图片")


def test_decimal_number_begins_no_question(read):
    entries = read(
        "1. 圆周率？", "A. 甲", "B. 乙", "答案：A", "解析：约为", "3.14，即圆的周长比直径。"
    )

    assert [each.explanation for each in entries] == ["约为\n3.14，即圆的周长比直径。"]
