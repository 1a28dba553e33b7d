"""Numeric, short-answer and case questions: what is theirs alone."""

from dataclasses import replace
from fractions import Fraction

import pytest
from django.template.loader import render_to_string

from quizzes.grading import Grade, State, read_number, show_number
from quizzes.question_types.base import Authoring, MarkingGuide, Part, QuestionError
from quizzes.question_types.registry import get_type
from tests.quizzes.samples import CASE_FULL, SAMPLES


def parse(name, **changes):
    sample = SAMPLES[name]
    return sample.question_type.parse(replace(sample.authoring, **changes))


def complaints(name, **changes):
    with pytest.raises(QuestionError) as caught:
        parse(name, **changes)
    return caught.value.messages


# Numbers.


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("１２３３８", 12338),
        ("1,234,567.8", Fraction(12345678, 10)),
        ("１，２３４", 1234),
        (" - 3。5 。", Fraction(-7, 2)),
        ("−5", -5),
        ("负5", -5),
        (".5", Fraction(1, 2)),
        ("1/3", Fraction(1, 3)),
        ("25%", Fraction(1, 4)),
        ("5‰", Fraction(1, 200)),
        ("1.2万", 12000),
        ("1e5", 100_000),
        ("0.1", Fraction(1, 10)),
    ],
)
def test_number_is_read_as_people_write_it(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "几", "3,14", "1,23,456", "1.2.3", "1/0", "1/2/3", "e5", "٣", "%", "-", "9" * 61],
)
def test_text_that_is_no_number_is_none(text):
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (Fraction(5), "5"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(157, 50), "3.14"),
        (Fraction(1, 3), "1/3"),
    ],
)
def test_number_is_shown_exactly(number, shown):
    assert show_number(number) == shown


@pytest.mark.parametrize(
    ("answer", "low", "high"),
    [
        ("3.14", "3.14", "3.14"),
        ("3.14±0.01", "3.13", "3.15"),
        ("3.14 +/- 0.01", "3.13", "3.15"),
        ("-200±1%", "-202", "-198"),
        ("3～4", "3", "4"),
        ("1,000至2,000", "1000", "2000"),
        ("25%±1", "-0.75", "1.25"),
    ],
)
def test_numeric_reads_its_bounds(answer, low, high):
    spec = parse("numeric", answers=(answer,))

    assert (spec.low, spec.high) == (Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("", "没有填写正确答案，请填一个数，例如 12338 或 3.14±0.01。"),
        ("约三", "看不懂答案“约三”，请填一个数，例如 12338、3.14±0.01、3.14±1% 或 3~4。"),
        ("3±-1", "看不懂答案“3±-1”，请填一个数，例如 12338、3.14±0.01、3.14±1% 或 3~4。"),
        ("4~3", "范围“4~3”的前一个数比后一个大，请把小的写在前面。"),
        ("1" * 41, "答案超过 40 个字，请写短一些。"),
    ],
)
def test_numeric_says_what_is_wrong(answer, message):
    assert complaints("numeric", answers=(answer,)) == [message]


@pytest.mark.parametrize("given", ["1250", "１，２５０ 平方米", "1250㎡", "1250m2"])
def test_numeric_takes_the_unit_or_leaves_it(given):
    spec = parse("numeric-unit")

    assert get_type("numeric").grade(spec, [given]).state is State.RIGHT


@pytest.mark.parametrize("given", ["1250 亩", "1250 平方千米", "约1250"])
def test_numeric_refuses_another_unit(given):
    spec = parse("numeric-unit")

    assert get_type("numeric").grade(spec, [given]).state is State.WRONG


@pytest.mark.parametrize("unit", ["2", "元|-1"])
def test_numeric_refuses_a_unit_that_looks_like_a_number(unit):
    assert complaints("numeric", settings={"unit": unit}) == [
        "单位不能以数字或正负号开头，请改正单位。"
    ]


def test_numeric_percent_may_be_the_unit():
    spec = parse("numeric", answers=("25",), settings={"unit": "%"})

    states = [get_type("numeric").grade(spec, [given]).state for given in ("25", "25%", "0.25")]

    assert states == [State.RIGHT, State.RIGHT, State.WRONG]


def test_numeric_bounds_are_exact():
    spec = parse("numeric", answers=("0.3±0.1",))

    states = [get_type("numeric").grade(spec, [given]).state for given in ("0.2", "0.4", "0.41")]

    assert states == [State.RIGHT, State.RIGHT, State.WRONG]


def test_numeric_counts_equal_numbers_as_one():
    spec = parse("numeric")

    tallied = [get_type("numeric").tally(spec, [given]) for given in ("3.50", "７/２", "大约 3 ")]

    assert tallied == [["3.5"], ["3.5"], ["大约3"]]


def test_numeric_names_its_unit_once():
    spec = parse("numeric", answers=("5 元",), settings={"unit": "元"})

    assert get_type("numeric").review(spec, [], [])["answer_text"] == "5 元"


# Short answers.


def test_short_waits_for_a_mark_and_takes_it():
    spec = parse("short")
    marks = ({}, {0: Fraction(0)}, {0: Fraction(1, 2)}, {0: Fraction(1)})

    grades = [get_type("short").grade(spec, ["先听"], each) for each in marks]

    assert [(grade.fraction, grade.state) for grade in grades] == [
        (0, State.PENDING),
        (0, State.WRONG),
        (Fraction(1, 2), State.PARTIAL),
        (1, State.RIGHT),
    ]


def test_short_without_an_answer_needs_nobody():
    assert get_type("short").parts_to_mark(parse("short"), []) == ()


def test_short_tells_the_marker_what_to_look_for():
    guide = get_type("short").marking_guide(parse("short"))

    assert guide == MarkingGuide("先听她说完，\n再问安全。", (("先听", 4), ("问安全", 6)))


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        ({"answers": (), "settings": {}}, ["请填写参考答案或评分要点，阅卷的人要靠它们评分。"]),
        (
            {"answers": (), "settings": {"rubric": "\x08"}},
            ["请填写参考答案或评分要点，阅卷的人要靠它们评分。"],
        ),
        (
            {"settings": {"rubric": "先听|4\n问安全"}},
            ["评分要点第 2 行请写成“要点|分值”，分值是 1 到 100 的整数。"],
        ),
        (
            {"settings": {"rubric": "先听|0"}},
            ["评分要点第 1 行请写成“要点|分值”，分值是 1 到 100 的整数。"],
        ),
        ({"settings": {"max_length": "3"}}, ["“最多多少字”请填 10 到 2000 的整数。"]),
        ({"settings": {"max_length": "很多"}}, ["“最多多少字”请填 10 到 2000 的整数。"]),
    ],
)
def test_short_says_what_is_wrong(changes, messages):
    assert complaints("short", **changes) == messages


@pytest.mark.parametrize("line", ["先听｜4 分", "先听 | 4", "先听|4分"])
def test_short_reads_a_rubric_however_written(line):
    assert parse("short", settings={"rubric": line}).rubric == (("先听", 4),)


def test_short_keeps_lines_and_cuts_what_is_too_long():
    spec = parse("short-model")

    response = get_type("short").read_response(["一\r\n二\x00" + "长" * 50], spec)

    assert response == ["一\n二" + "长" * 17]


@pytest.mark.django_db
def test_short_shows_her_answer_as_text():
    review = get_type("short").review(parse("short"), [], ["<b>粗</b>[图片:1]\n第二行"])

    html = render_to_string("questions/short/review.html", {"q": review})

    assert "&lt;b&gt;粗&lt;/b&gt;[图片:1]<br>第二行" in html


# Cases.


def test_case_weighs_its_parts_equally_or_as_set():
    answers = [value for value in CASE_FULL if not value.startswith("6:")]

    fractions = [
        get_type("case").grade(parse(name), answers).fraction for name in ("case", "case-points")
    ]

    assert fractions == [Fraction(6, 7), Fraction(9, 15)]


def test_case_is_pending_with_what_is_certain():
    case, spec = get_type("case"), parse("case")

    assert case.grade(spec, CASE_FULL) == Grade(Fraction(6, 7), State.PENDING)
    assert case.parts_to_mark(spec, CASE_FULL) == (6,)
    assert case.grade(spec, CASE_FULL, {6: Fraction(1, 2)}).fraction == Fraction(13, 14)


def test_case_guides_the_marker_to_its_part():
    guide = get_type("case").marking_guide(parse("case"), 6)

    assert (guide.stem, guide.rubric) == ("怎么接访？", (("先听", 4), ("问安全", 6)))


def test_case_keeps_the_values_of_its_parts_apart():
    values = ["2:平等", "0:b", "1:b", "2:", "0:9", "x", "7:b", "1:a"]

    response = get_type("case").read_response(values, parse("case"))

    assert response == ["0:b", "1:a", "2:平等", "2:"]


def test_case_names_the_inputs_of_its_parts():
    shown = get_type("case").present(parse("case"), [], [])

    assert [part["q"]["name"] for part in shown["parts"]] == [f"response.{i}" for i in range(7)]


def test_case_review_passes_the_marks_on():
    review = get_type("case").review(parse("case"), [], CASE_FULL, {6: Fraction(1, 2)})

    last = review["parts"][6]
    assert (last["q"]["state"], last["earned"]) == ("partial", "得 50% 的分")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"parts": ()}, "材料题至少要有 1 道小题，请添加。"),
        (
            {"parts": (Part("judge", Authoring("对吗？", (), ("对",))),) * 10},
            "材料题最多 9 道小题，现在有 10 道，请拆成几道材料题。",
        ),
        (
            {"settings": {"points": "1,2"}},
            "“各小题分值”请一题写一个 1 到 100 的整数，用逗号隔开，或清空。",
        ),
    ],
)
def test_case_says_what_is_wrong(changes, message):
    assert complaints("case", **changes) == [message]


def test_numeric_answer_with_a_raised_digit_is_refused():
    with pytest.raises(QuestionError, match="看不懂答案"):
        get_type("numeric").parse(Authoring("多少？", (), ("10²±1",)))


@pytest.mark.parametrize("text", ["3～4", "3.5＋/－0.5", "3.5±0.5", "3½±½"])
def test_numeric_bounds_may_be_full_width(text):
    spec = get_type("numeric").parse(Authoring("多少？", (), (text,)))

    assert (spec.low, spec.high) == (3, 4)


def test_numeric_screen_says_which_forms_are_read():
    shown = get_type("numeric").present(parse("numeric"), [], [])

    assert "1/3" in render_to_string("questions/numeric/answer.html", {"q": shown})


def test_case_of_more_values_than_an_answer_holds_is_refused():
    pairs = tuple(f"左{n} => 右{n}" for n in range(12))
    part = Part("matching", Authoring("连线", pairs))

    with pytest.raises(QuestionError, match="加起来最多 100 个"):
        get_type("case").parse(Authoring("材料", parts=(part,) * 9))
    assert get_type("case").parse(Authoring("材料", parts=(part,) * 8))
