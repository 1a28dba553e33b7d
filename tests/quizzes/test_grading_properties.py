"""What holds for every question and every answer, whatever they are (hypothesis)."""

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizzes.grading import (
    Grade,
    Scoring,
    State,
    fold_text,
    grade_blanks,
    grade_choice,
    grade_marked,
    grade_matching,
    grade_number,
    grade_order,
    grade_parts,
    mark_blanks,
    read_number,
    show_number,
)
from quizzes.grading.blanks import full_texts

pure = settings(deadline=None)

IDS = "abcdefghij"
FULL = Grade(Fraction(1), State.RIGHT)
SETS = st.frozensets(st.sampled_from(IDS))
RIGHT_SETS = st.frozensets(st.sampled_from(IDS), min_size=1)
SCORINGS = st.sampled_from(Scoring)
# A small vocabulary, so that texts meet and stand in each other's blanks.
WORDS = st.sampled_from(["甲", "乙", "丙", "丁", "A", "a"])
BLANKS = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(tuple), min_size=1, max_size=6).map(
    tuple
)
TEXTS = st.lists(st.one_of(WORDS, st.just(""), st.text(max_size=3)), max_size=8).map(tuple)
ORDERS = st.integers(2, 8).flatmap(lambda count: st.permutations(IDS[:count])).map(tuple)
FRACTIONS = st.fractions(0, 1, max_denominator=1000)
NUMBERS = st.fractions(-(10**6), 10**6, max_denominator=10**6)


# Choice.


@pure
@given(right=RIGHT_SETS, chosen=SETS, scoring=SCORINGS)
def test_choice_fraction_stays_between_zero_and_one(right, chosen, scoring):
    assert 0 <= grade_choice(right=right, chosen=chosen, scoring=scoring).fraction <= 1


@pure
@given(right=RIGHT_SETS, scoring=SCORINGS)
def test_choice_full_answer_scores_one(right, scoring):
    assert grade_choice(right=right, chosen=right, scoring=scoring) == FULL


@pure
@given(right=RIGHT_SETS, chosen=SETS, scoring=SCORINGS)
def test_choice_only_the_full_answer_scores_one(right, chosen, scoring):
    assume(chosen != right)

    assert grade_choice(right=right, chosen=chosen, scoring=scoring).fraction < 1


@pure
@given(right=RIGHT_SETS, chosen=SETS, extra=st.sampled_from(IDS), scoring=SCORINGS)
def test_choice_one_more_wrong_option_never_earns_more(right, chosen, extra, scoring):
    assume(extra not in right and chosen)
    before = grade_choice(right=right, chosen=chosen, scoring=scoring)

    after = grade_choice(right=right, chosen=chosen | {extra}, scoring=scoring)

    assert after.fraction <= before.fraction


@pure
@given(right=RIGHT_SETS, chosen=SETS, data=st.data(), scoring=SCORINGS)
def test_choice_one_more_right_option_never_earns_less(right, chosen, data, scoring):
    extra = data.draw(st.sampled_from(sorted(right)))
    before = grade_choice(right=right, chosen=chosen, scoring=scoring)

    after = grade_choice(right=right, chosen=chosen | {extra}, scoring=scoring)

    assert after.fraction >= before.fraction


@pure
@given(right=RIGHT_SETS, chosen=SETS)
def test_choice_exact_never_earns_more_than_partial_nor_partial_more_than_penalty(right, chosen):
    exact, partial, penalty = (
        grade_choice(right=right, chosen=chosen, scoring=each).fraction for each in Scoring
    )

    assert exact <= partial <= penalty


# Fill-in.


@pure
@given(blanks=BLANKS, texts=TEXTS, any_order=st.booleans(), keeps_case=st.booleans())
def test_blanks_fraction_stays_between_zero_and_one(blanks, texts, any_order, keeps_case):
    grade = grade_blanks(blanks=blanks, given=texts, any_order=any_order, keeps_case=keeps_case)

    assert 0 <= grade.fraction <= 1


@pure
@given(blanks=BLANKS, data=st.data(), keeps_case=st.booleans())
def test_blanks_in_any_order_take_the_full_answer_in_any_order(blanks, data, keeps_case):
    texts = full_texts(blanks=blanks, any_order=True, keeps_case=keeps_case)
    mixed = tuple(data.draw(st.permutations(texts)))

    assert grade_blanks(blanks=blanks, given=mixed, any_order=True, keeps_case=keeps_case) == FULL


@pure
@given(blanks=BLANKS, texts=TEXTS, data=st.data())
def test_blanks_in_any_order_do_not_depend_on_the_order(blanks, texts, data):
    texts = (*texts, *[""] * len(blanks))[: len(blanks)]
    mixed = tuple(data.draw(st.permutations(texts)))

    assert grade_blanks(blanks=blanks, given=mixed, any_order=True) == grade_blanks(
        blanks=blanks, given=texts, any_order=True
    )


@pure
@given(blanks=BLANKS, texts=TEXTS)
def test_blanks_in_any_order_earn_at_least_what_the_strict_order_earns(blanks, texts):
    texts = without_twins(texts)
    strict = grade_blanks(blanks=blanks, given=texts)

    assert grade_blanks(blanks=blanks, given=texts, any_order=True).fraction >= strict.fraction


@pure
@given(blanks=BLANKS, texts=TEXTS)
def test_blanks_in_any_order_are_matched_as_well_as_can_be(blanks, texts):
    texts = without_twins(texts)
    accepted = [{fold_text(each) for each in blank} for blank in blanks]
    given_texts = [fold_text(text) for text in texts[: len(blanks)]]

    marks = mark_blanks(blanks=blanks, given=texts, any_order=True)

    assert sum(marks) == largest_matching(accepted, given_texts)


def without_twins(texts) -> tuple[str, ...]:
    """In any order a text counts once: what is written again is left empty."""
    folded = [fold_text(text) for text in texts]
    return tuple("" if folded[i] in folded[:i] else text for i, text in enumerate(texts))


def largest_matching(accepted, texts) -> int:
    """By trying everything."""
    if not texts:
        return 0
    text, rest = texts[0], texts[1:]
    found = [
        1 + largest_matching(accepted[:i] + accepted[i + 1 :], rest)
        for i, each in enumerate(accepted)
        if text and text in each
    ]
    return max([*found, largest_matching(accepted, rest)])


@pure
@given(blanks=BLANKS, texts=TEXTS, place=st.integers(0, 5), any_order=st.booleans())
def test_blanks_filling_one_more_never_earns_less(blanks, texts, place, any_order):
    texts = (*texts, *[""] * len(blanks))[: len(blanks)]
    assume(place < len(blanks) and not texts[place])
    filled = (*texts[:place], blanks[place][0], *texts[place + 1 :])

    before = grade_blanks(blanks=blanks, given=texts, any_order=any_order)
    after = grade_blanks(blanks=blanks, given=filled, any_order=any_order)

    assert after.fraction >= before.fraction


# Matching and ordering.


@pure
@given(pairs=st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from([*IDS, ""])), min_size=1))
def test_matching_fraction_is_the_share_of_right_pairs(pairs):
    right, chosen = (tuple(side) for side in zip(*pairs, strict=True))

    grade = grade_matching(right=right, given=chosen)

    assert grade.fraction == Fraction(sum(mine == its for its, mine in pairs), len(pairs))


@pure
@given(right=st.lists(st.sampled_from(IDS), min_size=1).map(tuple), surplus=TEXTS)
def test_matching_full_answer_scores_one_whatever_comes_after_it(right, surplus):
    assert grade_matching(right=right, given=(*right, *surplus)) == FULL


@pure
@given(right=ORDERS, data=st.data(), scoring=st.sampled_from([Scoring.EXACT, Scoring.PARTIAL]))
def test_order_fraction_stays_between_zero_and_one(right, data, scoring):
    places = st.one_of(st.sampled_from(right), st.just(""), st.just("zz"))
    chosen = tuple(data.draw(st.lists(places, max_size=10)))

    assert 0 <= grade_order(right=right, given=chosen, scoring=scoring).fraction <= 1


@pure
@given(right=ORDERS, data=st.data())
def test_order_scores_one_for_the_right_order_alone(right, data):
    chosen = tuple(data.draw(st.permutations(right)))

    assert (grade_order(right=right, given=chosen) == FULL) == (chosen == right)


@pure
@given(right=ORDERS)
def test_order_turned_round_earns_nothing(right):
    assert grade_order(right=right, given=right[::-1]).fraction == 0


@pure
@given(right=ORDERS, turns=st.integers(1, 7))
def test_order_turned_like_a_wheel_loses_one_neighbour(right, turns):
    turn = turns % len(right)
    assume(turn)
    chosen = (*right[turn:], *right[:turn])

    assert grade_order(right=right, given=chosen).fraction == 1 - Fraction(1, len(right) - 1)


# Numbers.


@pure
@given(number=NUMBERS)
def test_number_reads_what_it_shows(number):
    assert read_number(show_number(number)) == number


@pure
@given(text=st.text())
def test_number_reading_never_fails(text):
    assert read_number(text) is None or isinstance(read_number(text), Fraction)


@pure
@given(number=st.integers(-(10**12), 10**12))
def test_number_reads_separators_and_full_width(number):
    grouped = f"{number:,}"
    wide = grouped.translate({ord(each): ord(each) + 0xFEE0 for each in "0123456789,-"})

    assert read_number(grouped) == read_number(wide) == number


@pure
@given(value=NUMBERS, margin=st.fractions(0, 1000, max_denominator=1000), off=NUMBERS)
def test_number_is_right_exactly_within_its_bounds(value, margin, off):
    grade = grade_number(low=value - margin, high=value + margin, given=show_number(value + off))

    assert (grade.fraction == 1) == (abs(off) <= margin)


# Marked by people, and cases.

GRADES = st.one_of(
    FRACTIONS.map(lambda share: grade_marked(is_answered=True, mark=share)),
    st.just(grade_marked(is_answered=True, mark=None)),
    st.just(grade_marked(is_answered=False, mark=None)),
)
PARTS = st.lists(st.tuples(GRADES, st.integers(1, 100)), min_size=1, max_size=9)


@pure
@given(parts=PARTS)
def test_case_fraction_stays_between_zero_and_one(parts):
    grades, points = zip(*parts, strict=True)

    assert 0 <= grade_parts(grades=grades, points=points).fraction <= 1


@pure
@given(parts=PARTS)
def test_case_is_pending_while_a_part_is(parts):
    grades, points = zip(*parts, strict=True)

    state = grade_parts(grades=grades, points=points).state

    assert (state is State.PENDING) == any(each.state is State.PENDING for each in grades)


@pure
@given(parts=PARTS, random=st.randoms())
def test_case_does_not_depend_on_the_order_of_its_parts(parts, random):
    mixed = random.sample(parts, len(parts))

    one, other = (
        grade_parts(
            grades=[grade for grade, _points in each], points=[points for _grade, points in each]
        )
        for each in (parts, mixed)
    )
    assert one == other


@pure
@given(parts=PARTS, share=FRACTIONS)
def test_case_a_mark_for_a_pending_part_never_takes_away(parts, share):
    grades, points = zip(*parts, strict=True)
    marked = [
        grade_marked(is_answered=True, mark=share) if each.state is State.PENDING else each
        for each in grades
    ]

    before = grade_parts(grades=grades, points=points)

    assert grade_parts(grades=marked, points=points).fraction >= before.fraction
