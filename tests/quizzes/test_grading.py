from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.grading import (
    Grade,
    State,
    fold_text,
    full_texts,
    grade_blanks,
    grade_choice,
    read_number,
)

OPTIONS = st.sampled_from("abcdefghij")
RIGHT = st.frozensets(OPTIONS, min_size=1)
ANSWER = st.text(min_size=1).filter(fold_text)
BLANKS = st.lists(st.lists(ANSWER, min_size=1, max_size=3).map(tuple), min_size=1, max_size=7).map(
    tuple
)
GIVEN = st.lists(st.text(), max_size=9).map(tuple)

pure = settings(deadline=None)


@pure
@given(right=RIGHT, chosen=st.frozensets(OPTIONS))
def test_choice_fraction_stays_between_zero_and_one(right, chosen):
    assert 0 <= grade_choice(right=right, chosen=chosen).fraction <= 1


@pure
@given(right=RIGHT, chosen=st.lists(OPTIONS, unique=True), random=st.randoms())
def test_choice_does_not_depend_on_order(right, chosen, random):
    shuffled = random.sample(chosen, len(chosen))

    assert grade_choice(right=right, chosen=frozenset(shuffled)) == grade_choice(
        right=right, chosen=frozenset(chosen)
    )


@pure
@given(right=RIGHT)
def test_choice_full_answer_scores_one(right):
    assert grade_choice(right=right, chosen=right) == Grade(Fraction(1), State.RIGHT)


@pure
@given(right=RIGHT)
def test_choice_empty_response_is_unanswered(right):
    grade = grade_choice(right=right, chosen=frozenset())

    assert grade == Grade(Fraction(0), State.UNANSWERED)


@pytest.mark.parametrize("chosen", ["a", "abc", "c", "bc"])
def test_choice_anything_but_the_right_set_is_wrong(chosen):
    grade = grade_choice(right=frozenset("ab"), chosen=frozenset(chosen))

    assert grade == Grade(Fraction(0), State.WRONG)


def test_choice_without_right_option_is_refused():
    with pytest.raises(ValueError, match="at least one right option"):
        grade_choice(right=frozenset(), chosen=frozenset("a"))


@pure
@given(blanks=BLANKS, texts=GIVEN)
def test_blanks_fraction_stays_between_zero_and_one(blanks, texts):
    assert 0 <= grade_blanks(blanks=blanks, given=texts).fraction <= 1


@pure
@given(blanks=BLANKS, data=st.data())
def test_blanks_any_accepted_text_scores_one(blanks, data):
    texts = tuple(data.draw(st.sampled_from(accepted)) for accepted in blanks)

    assert grade_blanks(blanks=blanks, given=texts) == Grade(Fraction(1), State.RIGHT)


@pure
@given(blanks=BLANKS, texts=st.lists(st.sampled_from(["", " ", "\u3000", "。"]), max_size=9))
def test_blanks_empty_response_is_unanswered(blanks, texts):
    grade = grade_blanks(blanks=blanks, given=tuple(texts))

    assert grade == Grade(Fraction(0), State.UNANSWERED)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("甲", "丙", "丙"), Grade(Fraction(2, 3), State.PARTIAL)),
        (("甲",), Grade(Fraction(1, 3), State.PARTIAL)),
        (("", "", "丙", "丁"), Grade(Fraction(1, 3), State.PARTIAL)),
        (("丙", "甲", "乙"), Grade(Fraction(0), State.WRONG)),
        (("", "", "", "甲"), Grade(Fraction(0), State.UNANSWERED)),
    ],
)
def test_blanks_earn_equal_shares_in_their_places(texts, expected):
    assert grade_blanks(blanks=(("甲",), ("乙",), ("丙",)), given=texts) == expected


def test_blanks_without_blank_are_refused():
    with pytest.raises(ValueError, match="at least one blank"):
        grade_blanks(blanks=(), given=("甲",))


@pure
@given(text=st.text())
def test_fold_text_twice_changes_nothing_more(text):
    assert fold_text(fold_text(text)) == fold_text(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("绝密、机密、秘密。", "绝密、机密、秘密"),
        ("ＡＢｃ１２", "abC12"),
        (" 个人隐\n私\u3000", "个人隐私"),
        ("“两癌”筛查；", '"两癌"筛查'),
        ("《宪法》.", "〈宪法〉"),
        ("（一）", "(一)"),
        ("妇女\u200b之家", "妇女之家"),
    ],
)
def test_fold_text_makes_equal(one, other):
    assert fold_text(one) == fold_text(other)


@pytest.mark.parametrize(("one", "other"), [("3.5", "35"), ("宪法", "刑法"), ("甲、乙", "甲乙")])
def test_fold_text_keeps_apart(one, other):
    assert fold_text(one) != fold_text(other)


@pytest.mark.parametrize("fraction", [Fraction(-1, 2), Fraction(3, 2)])
def test_grade_outside_zero_to_one_is_refused(fraction):
    with pytest.raises(ValueError, match="between 0 and 1"):
        Grade(fraction, State.PARTIAL)


@pytest.mark.parametrize(
    ("blanks", "given", "share"),
    [
        ((("甲", "乙"), ("甲", "乙")), ("甲", "甲"), Fraction(1, 2)),
        ((("甲", "乙"), ("甲", "乙")), ("甲", "乙"), Fraction(1)),
        ((("甲", "乙"), ("甲", "乙")), ("甲。", " 甲"), Fraction(1, 2)),
        # Nothing else would be right.
        ((("甲",), ("甲",)), ("甲", "甲"), Fraction(1)),
    ],
)
def test_blanks_in_any_order_count_a_text_once(blanks, given, share):
    assert grade_blanks(blanks=blanks, given=given, any_order=True).fraction == share


def test_blanks_in_their_order_may_have_equal_texts():
    blanks = (("甲", "乙"), ("甲", "乙"))

    assert grade_blanks(blanks=blanks, given=("甲", "甲")).fraction == 1


@pytest.mark.parametrize(
    ("blanks", "texts"),
    [
        ((("甲", "乙"), ("甲", "丙")), {"甲", "乙", "丙"}),
        ((("甲", "乙"), ("乙", "甲")), {"甲", "乙"}),
        ((("甲",), ("甲",)), {"甲"}),
    ],
)
def test_full_texts_of_blanks_in_any_order_are_right(blanks, texts):
    full = full_texts(blanks=blanks, any_order=True)

    assert set(full) <= texts
    assert grade_blanks(blanks=blanks, given=full, any_order=True).fraction == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10²", None),
        ("3₂", None),
        ("1①", None),
        ("½", Fraction(1, 2)),
        ("1½", Fraction(3, 2)),
        ("-2¼", Fraction(-9, 4)),
        ("1 1/2", Fraction(3, 2)),
        ("1 3/2", None),
        ("1 000", Fraction(1000)),
        ("1 000/3", None),
        ("1⁄2", None),
        ("1e3", Fraction(1000)),
        ("2.5E-1", Fraction(1, 4)),
        ("e3", None),
        ("1e999", None),
        ("1×10^3", Fraction(1000)),
        ("1.5x10³", Fraction(1500)),
        ("3×10⁻²", Fraction(3, 100)),
        ("3×10^3万", Fraction(30_000_000)),
        ("", None),
        ("+", None),
    ],
)
def test_number_forms_are_read_or_refused(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["60m²", "60㎡", "60m2", "6×10^1 m²"])
def test_unit_may_be_raised(text):
    assert read_number(text, ["m²"]) == 60


def test_raised_digit_before_a_unit_is_refused():
    assert read_number("10²m²", ["m²"]) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十五", 15),
        ("十", 10),
        ("二十", 20),
        ("五", 5),
        ("一百零五", 105),
        ("一千二百", 1200),
        ("两万三千", 23_000),
        ("三亿零五万", 300_050_000),
        ("二〇二六", 2026),
        ("三点五", Fraction(7, 2)),
        ("零点五", Fraction(1, 2)),
        ("五日", 5),
    ],
)
def test_numbers_in_characters_are_read(text, value):
    assert read_number(text, ["日"]) == value


@pytest.mark.parametrize(
    "text",
    ["一百五", "一万二", "五三十", "百五十", "十百", "万", "点五", "五点", "几十", "一万一亿"],
)
def test_what_can_be_read_in_two_ways_or_in_none_is_no_number(text):
    assert read_number(text) is None
