"""GIFT as Moodle and teachers write it."""

# ruff: noqa: E501 a question stands in one line, as files have it

import pytest

from quizzes.interchange import gift
from quizzes.interchange.entries import Problem


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        path = tmp_path / "题.gift"
        path.write_text(text)
        return list(gift.read(path))

    return read_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("谁？{=甲 ~乙 ~丙}", ("single", "谁？", ("甲", "乙", "丙"), ("A",))),
        ("谁？{~%50%甲 ~%50%乙 ~%-100%丙}", ("multiple", "谁？", ("甲", "乙", "丙"), ("AB",))),
        ("对。{T}", ("judge", "对。", ("对", "错"), ("对",))),
        ("对。{FALSE}", ("judge", "对。", ("对", "错"), ("错",))),
        ("首都？{=北京 =北京市}", ("blank", "首都？", (), ("北京|||北京市",))),
        ("首都是{=北京}。", ("blank", "首都是____。", (), ("北京",))),
        ("首都是{=北京 ~上海}。", ("single", "首都是____。", ("北京", "上海"), ("A",))),
        ("几？{#3.14:0.01}", ("numeric", "几？", (), ("3.14±0.01",))),
        ("几？{#1..5}", ("numeric", "几？", (), ("1~5",))),
        ("几？{#=3}", ("numeric", "几？", (), ("3",))),
        ("配。{=甲 -> 一 =乙 -> 二 = -> 三}", ("matching", "配。", ("甲 => 一", "乙 => 二", "=> 三"), ())),
        ("排。{>ALL\n甲\n乙\n}", ("ordering", "排。", ("甲", "乙"), ())),
        ("为何？{}", ("short", "为何？", (), ())),
        ("为何？{####因为。}", ("short", "为何？", (), ("因为。",))),
        ("::名::[html]<p>a</p><p>H<sub>2</sub>O&lt;</p>{T}", ("judge", "a\nH₂O<", ("对", "错"), ("对",))),
        ("a\\=b\\{c\\}\\:\\n\\~\\#{T}", ("judge", "a=b{c}:\n~#", ("对", "错"), ("对",))),
    ],
)  # fmt: skip
def test_question_is_read(read, text, expected):
    [entry] = read(text)

    assert (entry.type, entry.stem, entry.options, entry.answers) == expected


def test_feedback_becomes_the_explanation(read):
    [entry] = read("谁？{=甲#对了 ~乙#不是####见书}")

    assert entry.explanation == "见书\n对了\n不是"


def test_category_is_the_knowledge_point_and_comments_are_passed_over(read):
    entries = read(
        "$CATEGORY: $course$/top/国安/宪法\n// 说明 [tag:新]\n甲。{T}\n\n$CATEGORY: top\n乙。{F}"
    )

    assert [(each.knowledge_point, each.tags, each.row) for each in entries] == [
        ("宪法", ("新",), 3),
        ("", (), 6),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("只是说明", "没有写答案的大括号"),
        ("谁？{=甲 ~乙", "大括号没有闭合"),
        ("甲{=a}乙{=b}", "一道题里有几处大括号"),
        ("几？{#甲}", "看不懂数值答案“甲”"),
        ("几？{#=1 =2}", "数值题只能有一个"),
        ("谁？{甲}", "看不懂大括号里的答案"),
        ('[html]图<img src="a.png">{T}', "题里有图片"),
    ],
)
def test_what_is_no_question_is_listed(read, text, reason):
    [entry] = read(text)

    assert isinstance(entry, Problem)
    assert entry.reason.startswith(reason)
    assert entry.text


def test_part_marks_of_a_single_choice_are_noted(read):
    [entry] = read("谁？{=甲 ~%50%乙 ~丙}")

    assert (entry.answers, len(entry.notes)) == (("A",), 1)


@pytest.mark.parametrize(
    "memo", ["{", "[" * 5000, '{"tags": 1, "difficulty": "x"}', '{"type": []}']
)
def test_forged_memo_adds_nothing(read, memo):
    [entry] = read(f"// 执委学堂 {memo}\n甲。{{T}}")

    assert (entry.type, entry.tags, entry.difficulty) == ("judge", (), None)
