"""Matching and ordering questions: what is theirs alone."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from math import factorial
from random import Random

import pytest
from django.template.loader import render_to_string

from quizzes.grading import State
from quizzes.question_types.base import QuestionError
from quizzes.question_types.registry import get_type
from tests.quizzes.samples import ITEMS, SAMPLES

shows = pytest.mark.django_db


def parse(name, *options):
    sample = SAMPLES[name]
    authoring = replace(sample.authoring, options=options) if options else sample.authoring
    return sample.question_type.parse(authoring)


def complaints(name, *options):
    with pytest.raises(QuestionError) as caught:
        parse(name, *options)
    return caught.value.messages


# Matching.


@pytest.mark.parametrize("line", ["110=>报警", "110 ＝＞ 报警", " 110  =>  报警 "])
def test_matching_reads_pairs_however_written(line):
    spec = parse("matching", line, "120 => 急救", "")

    assert (spec.left, spec.right_texts) == (("110", "120"), ["报警", "急救"])


def test_matching_lists_equal_right_sides_once():
    spec = parse("matching", "推搡 => 身体暴力", "殴打 => 身体暴力。", "=> 精神暴力")

    assert [choice.text for choice in spec.choices] == ["精神暴力", "身体暴力"]
    assert spec.right == ("b", "b")


@pytest.mark.parametrize(
    ("options", "messages"),
    [
        (("110 => 报警", "120"), ["第 2 行看不懂，请写成“左 => 右”，一行一对。"]),
        (("110 =>", "120 => 急救"), ["第 1 行看不懂，请写成“左 => 右”，一行一对。"]),
        (("110 => 报警 => 甲", "120 => 急救"), ["第 1 行看不懂，请写成“左 => 右”，一行一对。"]),
        (("110 => 报警", "=> 急救"), ["至少要有 2 项，请补充。"]),
        (("110 => 报警", "110。 => 急救"), ["第 1 项和第 2 项内容相同，请修改其中一个。"]),
        (
            ("110 => 报警", "119 => 报警"),
            ["右边至少要有 2 个不同的内容，请补充，或加干扰项“=> 内容”。"],
        ),
        (
            tuple(f"左{i} => 右{i}" for i in range(13)),
            [
                "最多 12 项，现在有 13 项，请删去一些。",
                "右边最多 12 个不同的内容，现在有 13 个，请删去一些。",
            ],
        ),
    ],
)
def test_matching_says_what_is_wrong(options, messages):
    assert complaints("matching", *options) == messages


def test_matching_two_of_three_pairs_earn_two_thirds():
    spec = parse("matching")

    grade = get_type("matching").grade(spec, ["b", "d", ""])

    assert (grade.fraction, grade.state) == (Fraction(2, 3), State.PARTIAL)


def test_matching_response_has_one_known_id_per_left_item():
    spec = parse("matching")

    response = get_type("matching").read_response(["b", "<x>", "b", "a"], spec)

    assert response == ["b", "", "b"]


def test_matching_layout_is_shuffled_when_it_may_be():
    spec = parse("matching")

    layouts = {tuple(get_type("matching").layout(spec, Random(i), True)) for i in range(300)}

    assert len(layouts) == 24
    assert get_type("matching").layout(spec, Random(1), False) == list("abcd")


def test_matching_review_names_both_texts():
    review = get_type("matching").review(parse("matching"), [], ["b", "a", ""])

    told = [(row["given_text"], row["right_text"], row["is_right"]) for row in review["rows"]]
    assert told == [
        ("报警", "报警", True),
        ("急救", "维权热线", False),
        ("", "急救", False),
    ]
    assert review["answer_text"] == "110 → 报警；12338 → 维权热线；120 → 急救"


def test_matching_counts_each_pair():
    spec = parse("matching")

    assert get_type("matching").tally(spec, ["b", "", "a"]) == ["1b", "3a"]


@shows
def test_matching_lists_long_choices_beside_the_pickers():
    short, long = parse("matching"), parse("matching", "甲 => " + "长" * 19, "乙 => 短")

    lists = [
        render_to_string(
            "questions/matching/answer.html", {"q": get_type("matching").present(spec, [], [])}
        ).count('class="choices"')
        for spec in (short, long)
    ]

    assert lists == [0, 1]


@shows
def test_matching_keeps_what_was_chosen():
    shown = get_type("matching").present(parse("matching"), list("dcba"), ["b", "", "a"])

    html = render_to_string("questions/matching/answer.html", {"q": shown})

    assert html.count("selected") == 2
    assert '<option value="b" selected>C. 报警</option>' in html


# Ordering.


def test_ordering_ids_do_not_follow_the_right_order():
    spec = parse("ordering")

    assert [item.id for item in spec.items] == list("abcd")
    assert spec.right == ("b", "c", "a", "d")


@pytest.mark.parametrize("shuffle", [True, False])
@pytest.mark.parametrize("items", ["甲乙", "甲乙丙"])
def test_ordering_shows_every_order_equally_often(shuffle, items):
    spec = parse("ordering", *items)
    orders = factorial(len(items))

    shown = Counter(
        tuple(get_type("ordering").layout(spec, Random(i), shuffle)) for i in range(600 * orders)
    )

    assert len(shown) == orders
    assert all(500 < times < 700 for times in shown.values())


def test_order_that_is_shown_can_be_taken_as_the_answer():
    shown = get_type("ordering").present(parse("ordering"), list("bcad"), [])
    html = render_to_string("questions/ordering/answer.html", {"q": shown})

    assert 'data-text-keep="就是这个顺序"' in html


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (["b", "c", "a", "d"], Fraction(1)),
        (["c", "a", "d", "b"], Fraction(2, 3)),
        (["c", "b", "a", "d"], Fraction(1, 3)),
        (["d", "a", "c", "b"], Fraction(0)),
        (["b", "c", "", ""], Fraction(1, 3)),
        (["b", "", "c", ""], Fraction(0)),
    ],
)
def test_ordering_earns_by_neighbours(response, expected):
    assert get_type("ordering").grade(parse("ordering"), response).fraction == expected


def test_ordering_set_to_exact_is_all_or_nothing():
    sample = SAMPLES["ordering"]
    spec = sample.question_type.parse(replace(sample.authoring, settings={"scoring": "exact"}))

    assert get_type("ordering").grade(spec, ["c", "a", "d", "b"]).fraction == 0


def test_ordering_response_takes_each_item_once():
    spec = parse("ordering")

    response = get_type("ordering").read_response(["b", "b", "z", "a", "d"], spec)

    assert response == ["b", "", "", "a"]


@pytest.mark.parametrize(
    ("options", "messages"),
    [
        (("甲",), ["至少要有 2 项，请补充。"]),
        (("甲", "乙", "甲。"), ["第 1 项和第 3 项内容相同，请修改其中一个。"]),
        (
            tuple(f"第 {i} 步" for i in range(13)),
            ["最多 12 项，现在有 13 项，请删去一些。"],
        ),
    ],
)
def test_ordering_says_what_is_wrong(options, messages):
    assert complaints("ordering", *options) == messages


@shows
def test_ordering_review_shows_both_orders():
    review = get_type("ordering").review(parse("ordering"), [], ["c", "a", "d", "b"])

    follows = [place.get("follows") for place in review["places"]]
    assert follows == [None, True, True, False]
    assert review["right"] == list(ITEMS)
    html = render_to_string("questions/ordering/review.html", {"q": review})
    assert [html.count(word) for word in ("接得对", "和上一项接得不对")] == [2, 1]


@shows
def test_ordering_works_with_pickers_alone():
    shown = get_type("ordering").present(parse("ordering"), list("dabc"), ["b", "", "", ""])

    html = render_to_string("questions/ordering/answer.html", {"q": shown})

    assert (html.count("<select"), html.count("selected")) == (4, 1)
    assert html.index("申请人身安全保护令") < html.index("保存证据")
