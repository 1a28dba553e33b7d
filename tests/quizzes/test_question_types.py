import json
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from django.template.loader import render_to_string

from quizzes.grading import State
from quizzes.question_types.base import Authoring, QuestionError
from quizzes.question_types.registry import QUESTION_TYPES, get_type

OPTIONS = ("维护国家统一", "促进合作", "加快发展", "以上都对")
RIGHT_KEY = {
    "single": Authoring("下列哪项？", OPTIONS, ("B",)),
    "multiple": Authoring("下列哪些？", OPTIONS, ("A,C",)),
    "judge": Authoring("妇女能顶半边天。", (), ("对",)),
    "blank": Authoring("____是（ ）的。", (), ("法律|||法", "平等")),
}


def parse(key, **changes):
    return get_type(key).parse(replace(RIGHT_KEY[key], **changes))


def complaints(key, **changes):
    with pytest.raises(QuestionError) as caught:
        parse(key, **changes)
    return caught.value.messages


# Single and multiple choice.


@pytest.mark.parametrize("answer", ["ac", "Ａ、Ｃ", "A C", "C;A", "A和C", "A\tC."])
def test_multiple_reads_letters_however_written(answer):
    assert parse("multiple", answers=(answer,)).right == {"a", "c"}


def test_multiple_with_one_right_answer_is_accepted():
    assert parse("multiple", answers=("D",)).right == {"d"}


@pytest.mark.parametrize("key", ["single", "multiple"])
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"answers": ()}, ["没有填写正确答案，请填选项字母，例如 B 或 A,C。"]),
        ({"answers": ("3",)}, ["看不懂答案“3”，请只填选项字母，例如 B 或 A,C。"]),
        ({"answers": ("E",)}, ["答案 E 没有对应的选项，请改答案或补充选项。"]),
        ({"answers": ("BB",)}, ["答案里重复写了 B，请核对是否写错。"]),
        ({"options": ("甲", "乙", "甲。", "")}, ["选项 A 和 C 内容相同，请修改其中一个。"]),
        ({"options": ("甲", "乙", " ", "丙")}, ["选项 C 是空的，请填写或删去它。"]),
    ],
)
def test_choice_says_what_is_wrong(key, changes, expected):
    assert complaints(key, **{"answers": ("B",), **changes}) == expected


def test_choice_says_everything_that_is_wrong_at_once():
    assert complaints("single", options=("甲",), answers=("AC",)) == [
        "选择题至少要有 2 个选项，请补充选项。",
        "答案 C 没有对应的选项，请改答案或补充选项。",
    ]


def test_choice_with_too_many_options_is_refused():
    options = tuple(f"第 {i} 项" for i in range(11))

    assert complaints("single", options=options, answers=("A",)) == [
        "选择题最多 10 个选项，现在有 11 个，请删去一些。"
    ]


def test_single_with_two_right_answers_is_refused():
    assert complaints("single", answers=("AB",)) == [
        "单选题只能有 1 个正确答案，现在有 2 个；请只留一个，或改为多选题。"
    ]


@pytest.mark.parametrize(
    ("key", "values", "expected"),
    [
        ("single", ["z", "c"], ["c"]),
        ("single", ["c", "a"], ["a"]),
        ("multiple", ["d", "A", "b", "b", "<x>"], ["b", "d"]),
        ("judge", ["b", "c"], ["b"]),
    ],
)
def test_choice_response_keeps_known_ids_sorted(key, values, expected):
    assert get_type(key).read_response(values, parse(key)) == expected


@pytest.mark.parametrize("seed", range(5))
def test_choice_layout_keeps_options_that_sum_up_last(seed):
    layout = get_type("single").layout(parse("single"), Random(seed), True)

    assert (sorted(layout), layout[-1]) == (["a", "b", "c", "d"], "d")


def test_choice_layout_is_shuffled():
    spec = parse("single")

    layouts = {tuple(get_type("single").layout(spec, Random(i), True)) for i in range(50)}

    assert len(layouts) == 6


@pytest.mark.parametrize("last", ["A和B", "ABC都对", "选项A、C"])
def test_choice_layout_stays_when_an_option_names_letters(last):
    spec = parse("single", options=("甲", "乙", "丙", last))

    layouts = {tuple(get_type("single").layout(spec, Random(i), True)) for i in range(20)}

    assert layouts == {("a", "b", "c", "d")}


def test_choice_review_names_answers_by_the_letters_on_screen():
    spec = parse("multiple")

    review = get_type("multiple").review(spec, ["b", "a", "d", "c"], ["a", "b"])

    assert (review["answer_text"], review["chosen_text"]) == ("B、D", "A、B")
    assert review["options"][1] == {
        "id": "a",
        "letter": "B",
        "text": "维护国家统一",
        "chosen": True,
        "right": True,
        "verdict": "right",
    }


def test_multiple_review_says_which_right_option_was_missed():
    spec = parse("multiple")
    review = get_type("multiple").review(spec, ["a", "b", "c", "d"], ["a", "b"])

    html = render_to_string("questions/multiple/review.html", {"q": review})

    marks = ("正确答案 · 你的选择", "正确答案 · 你没有选")
    assert [html.count(mark) for mark in marks] == [1, 1]


def test_choice_review_without_answers_judges_only_what_was_chosen():
    spec = parse("multiple")

    review = get_type("multiple").review(
        spec, ["a", "b", "c", "d"], ["a", "b"], shows_answers=False
    )

    judged = [(each["id"], each.get("verdict"), "right" in each) for each in review["options"]]
    assert judged == [
        ("a", "right", False),
        ("b", "wrong", False),
        ("c", None, False),
        ("d", None, False),
    ]


@pytest.mark.parametrize(
    ("scoring", "chosen", "expected"),
    [
        ("exact", ["a"], 0),
        ("partial", ["a"], Fraction(1, 2)),
        ("partial", ["a", "b"], 0),
        ("penalty", ["a", "b"], 0),
        ("penalty", ["a", "b", "c"], Fraction(1, 2)),
    ],
)
def test_multiple_scores_as_it_is_set(scoring, chosen, expected):
    spec = parse("multiple", settings={"scoring": scoring})

    assert get_type("multiple").grade(spec, chosen).fraction == expected


def test_multiple_keeps_its_scoring_only_where_it_was_changed():
    kept = [
        get_type("multiple").to_data(parse("multiple", settings=settings)).get("scoring")
        for settings in ({}, {"scoring": "exact"}, {"scoring": "partial"})
    ]

    assert kept == [None, None, "partial"]


def test_multiple_answer_template_says_that_several_may_be_chosen():
    shown = get_type("multiple").present(parse("multiple"), ["d", "a", "b", "c"], ["a"])

    html = render_to_string("questions/multiple/answer.html", {"q": shown})

    assert (html.count("可多选"), html.count('type="checkbox"'), html.count("checked")) == (1, 4, 1)


# True or false.


@pytest.mark.parametrize("answer", ["对", "正确", "√", "T", "是", "A", "ａ", "TRUE", "对。"])
def test_judge_reads_true(answer):
    assert parse("judge", answers=(answer,)).is_true is True


@pytest.mark.parametrize("answer", ["错", "错误", "×", "F", "否", "B", "x", "False", "不对"])
def test_judge_reads_false(answer):
    assert parse("judge", answers=(answer,)).is_true is False


def test_judge_letter_names_the_option_as_written():
    assert parse("judge", options=("错误", "正确"), answers=("A",)).is_true is False


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"answers": ("",)}, "没有填写正确答案，请填“对”或“错”。"),
        ({"answers": ("C",)}, "看不懂答案“C”，判断题请填“对”或“错”。"),
        ({"options": ("对", "不知道")}, "判断题的选项只能是“对”和“错”，请改正或清空选项。"),
    ],
)
def test_judge_says_what_is_wrong(changes, expected):
    assert complaints("judge", **changes) == [expected]


def test_judge_layout_is_never_shuffled():
    spec = parse("judge")

    assert {tuple(get_type("judge").layout(spec, Random(i), True)) for i in range(9)} == {
        ("a", "b")
    }


def test_judge_answer_is_named_by_its_word():
    assert get_type("judge").review(parse("judge"), ["a", "b"], ["b"])["answer_text"] == "对"


# Fill-in-the-blank.


@pytest.mark.parametrize(
    ("stem", "answers", "expected"),
    [
        ("____和( )", ("甲", "乙"), (("甲",), ("乙",))),
        ("答案在下面", ("甲", "乙"), (("甲",), ("乙",))),
        ("（）是（\u3000）", ("甲", "乙｜｜｜丙", ""), (("甲",), ("乙", "丙"))),
        ("应当出示（）或者 。", ("甲", "乙"), (("甲",), ("乙",))),
        ("利用     或者     破坏", ("甲", "乙"), (("甲",), ("乙",))),
        ("分为（）、（）、（）。", ("绝密、机密、秘密。",), (("绝密",), ("机密",), ("秘密",))),
        ("分为（）和（）", ("要素: 纵波和横波",), (("纵波",), ("横波",))),
        ("是（）。", ("个人隐\n私",), (("个人隐私",),)),
    ],
)
def test_blank_reads_answers_for_the_blanks_of_the_stem(stem, answers, expected):
    assert parse("blank", stem=stem, answers=answers).blanks == expected


@pytest.mark.parametrize(
    ("stem", "answers", "expected"),
    [
        (
            "（）和（）",
            ("甲",),
            "题干里有 2 处空，答案却有 1 个；请用 ____ 或（ ）标出每一个空，并逐空填写答案。",
        ),
        ("____", (), "没有填写正确答案，请为每个空填写答案。"),
        ("____和____", ("", "乙"), "第 1 空没有答案，请填写。"),
        ("____", ("长" * 201,), "第 1 空的答案超过 200 字，请缩短，或把它分成几个空。"),
        (
            "自认定之日起 20 日内备案。",
            ("20",),
            "题干没有标出空，却写出了答案“20”，请把空的位置改成 ____。",
        ),
    ],
)
def test_blank_says_what_is_wrong(stem, answers, expected):
    assert complaints("blank", stem=stem, answers=answers) == [expected]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([" 甲 "], ["甲", ""]),
        (["", "乙", "丙"], ["", "乙"]),
        (["长" * 300], ["长" * 200, ""]),
        (["甲\x00\ud800"], ["甲", ""]),
    ],
)
def test_blank_response_has_one_storable_text_per_blank(values, expected):
    assert get_type("blank").read_response(values, parse("blank")) == expected


def test_blank_half_right_earns_half():
    spec = parse("blank")
    grade = get_type("blank").grade(spec, ["法", ""])

    assert (float(grade.fraction), grade.state) == (0.5, State.PARTIAL)


def test_blank_in_any_order_fills_each_blank_once():
    spec = parse("blank", answers=("甲|||乙", "乙"), settings={"any_order": "yes"})

    fractions = [
        get_type("blank").grade(spec, response).fraction
        for response in (["乙", "甲"], ["甲", "乙"], ["乙", "乙"], ["甲", "甲"])
    ]

    assert fractions == [1, 1, Fraction(1, 2), Fraction(1, 2)]


def test_blank_tells_case_apart_where_it_is_set():
    spec = parse("blank", answers=("WTO", "UN"), settings={"case_sensitive": "yes"})

    assert get_type("blank").grade(spec, ["ＷＴＯ", "un"]).fraction == Fraction(1, 2)


def test_blank_data_without_settings_is_as_it_always_was():
    assert get_type("blank").to_data(parse("blank")) == {"blanks": [["法律", "法"], ["平等"]]}


def test_blank_review_tells_each_blank():
    review = get_type("blank").review(parse("blank"), [], ["法", "公平"])

    assert review["answer_text"] == "法律 或 法；平等"
    assert [(each["given"], each["is_right"]) for each in review["blanks"]] == [
        ("法", True),
        ("公平", False),
    ]


def test_blank_answer_template_escapes_and_labels():
    shown = get_type("blank").present(parse("blank"), [], ['"><b>', ""])

    html = render_to_string("questions/blank/answer.html", {"q": shown})

    assert 'value="&quot;&gt;&lt;b&gt;"' in html
    assert [html.count(word) for word in ("第 1 空", "第 2 空", 'maxlength="200"')] == [1, 1, 2]


# The real workbook: all that a careful reader could use, and why the rest was refused.

LOST_OR_SURPLUS = "处空，答案却有"
REFUSED = {
    "单选题!380": "选项 B 和 D 内容相同",
    # The bank lost the mark of a blank, or the answer of one; which one, only its author knows.
    **dict.fromkeys(
        (f"填空题!{row}" for row in (40, 51, 76, 78, 80, 91, 108, 115, 126, 137)), LOST_OR_SURPLUS
    ),
    # Several answers run together in one cell, with nothing to divide them by.
    **dict.fromkeys((f"填空题!{row}" for row in (46, 107, 147)), LOST_OR_SURPLUS),
    # Month and day became a spreadsheet date, 44509.
    "填空题!199": LOST_OR_SURPLUS,
    # The stem shows no blank but spells out the answer.
    "填空题!168": "却写出了答案“20”",
}


def read_workbook_rows(shared_data):
    path = shared_data / "questions" / "national_security_contest_2022.expected.jsonl"
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["type"] in QUESTION_TYPES]


def try_parse(row):
    options = tuple(option["text"] for option in row["options"])
    authoring = Authoring(row["stem"], options, tuple(row["answer"]))
    try:
        return get_type(row["type"]).parse(authoring), ""
    except QuestionError as error:
        return None, " ".join(error.messages)


def test_workbook_rows_parse_except_those_named(shared_data):
    outcomes = {row["row"]: try_parse(row)[1] for row in read_workbook_rows(shared_data)}

    refused = {row: reason for row, reason in outcomes.items() if reason}
    assert refused.keys() == REFUSED.keys()
    assert [row for row, reason in refused.items() if REFUSED[row] not in reason] == []


def test_workbook_rows_parse_in_these_numbers(shared_data):
    rows = read_workbook_rows(shared_data)

    parsed = Counter(row["type"] for row in rows if try_parse(row)[0])

    assert parsed == {"single": 1101, "multiple": 697, "judge": 1008, "blank": 196}


def test_workbook_choices_keep_their_key(shared_data):
    rows = [row for row in read_workbook_rows(shared_data) if row["type"] != "blank"]
    specs = [(row, try_parse(row)[0]) for row in rows]

    changed = [
        row["row"]
        for row, spec in specs
        if spec and spec.right != {letter.lower() for letter in row["answer"]}
    ]

    assert changed == []


@pytest.mark.parametrize(
    "text", ["无正确答案", "没有正确选项", "皆可", "均可", "上述三项", "以上各项", "以上所有情况"]
)
def test_option_that_sums_up_stays_last(text):
    options = ("甲方", "乙方", text, "丙方")
    spec = get_type("single").parse(Authoring("谁？", options, ("A",)))

    layouts = [get_type("single").layout(spec, Random(i), True) for i in range(10)]

    assert {layout[-1] for layout in layouts} == {"c"}
