from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.grading import Grade, State, fold_text, grade_blanks, grade_choice

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
