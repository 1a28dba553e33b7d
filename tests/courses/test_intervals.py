from hypothesis import given
from hypothesis import strategies as st

from courses.intervals import clean, merge, subtract, take, total

DURATION = 3000
pairs = st.tuples(st.integers(0, DURATION), st.integers(0, DURATION)).filter(lambda p: p[0] < p[1])
lists = st.lists(pairs, max_size=20)


def moments(intervals):
    return {moment for start, end in intervals for moment in range(start, end)}


@given(lists)
def test_merge_is_the_union(intervals):
    assert moments(merge(intervals)) == moments(intervals)


@given(lists)
def test_merge_is_idempotent(intervals):
    assert merge(merge(intervals)) == merge(intervals)


@given(lists, st.randoms())
def test_merge_does_not_mind_the_order(intervals, rng):
    shuffled = list(intervals)
    rng.shuffle(shuffled)

    assert merge(shuffled) == merge(intervals)


@given(lists)
def test_total_never_exceeds_the_duration(intervals):
    assert total(merge(intervals)) <= DURATION


@given(lists, lists)
def test_subtract_is_the_difference(claimed, known):
    left = subtract(merge(claimed), merge(known))

    assert moments(left) == moments(claimed) - moments(known)


@given(lists, st.integers(-10, 2 * DURATION))
def test_take_stays_within_the_budget(intervals, budget):
    merged = merge(intervals)

    assert total(take(merged, budget)) == max(0, min(budget, total(merged)))


def test_clean_cuts_the_end_that_a_player_overshoots():
    assert clean([[2900, 3005]], DURATION) == [(2900, 3000)]


def test_clean_ignores_what_no_player_sends():
    nonsense = [[-5, 10], [0, 9000], [50, 20], [1, 2, 3], ["0", "9"], [0.5, 9], [True, 9], None, 7]

    assert clean(nonsense, DURATION) == []


def test_clean_ignores_a_flood():
    assert clean([[n, n + 1] for n in range(0, 2000, 2)], DURATION) == []


def test_clean_ignores_a_claim_that_is_no_list():
    assert clean({"0": 3000}, DURATION) == []
