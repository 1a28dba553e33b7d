"""Drawing, without a database: which versions come out of the pools."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.attempts.drawing import TooFewQuestions, draw
from quizzes.domain.attempts.pools import Pool

ids = st.frozensets(st.integers(1, 30), max_size=20)
pools = st.lists(
    st.builds(
        lambda members, count, points: Pool(tuple(sorted(members)), count, points),
        ids,
        st.integers(1, 5),
        st.integers(1, 3),
    ),
    max_size=5,
)
memories = st.lists(st.lists(st.integers(1, 30), max_size=10), max_size=3)


def is_possible(pools) -> bool:
    """Hall's condition, by trying every subset of the pools."""
    for chosen in range(1, 1 << len(pools)):
        some = [pool for n, pool in enumerate(pools) if chosen >> n & 1]
        if len(set().union(*(pool.ids for pool in some))) < sum(pool.count for pool in some):
            return False
    return True


def draw_ids(pools, seen=(), seed=1):
    return [pk for pk, _points in draw(pools=pools, seen=seen, rng=Random(seed))]


@given(pools, memories, st.integers())
def test_draw_succeeds_exactly_when_there_are_enough_questions(pools, seen, seed):
    try:
        drawn = draw_ids(pools, seen, seed)
    except TooFewQuestions:
        assert not is_possible(pools)
    else:
        assert len(drawn) == len(set(drawn)) == sum(pool.count for pool in pools)


@given(pools, memories, st.integers())
def test_each_question_comes_from_its_pool_with_its_points(pools, seen, seed):
    if not is_possible(pools):
        return
    drawn = iter(draw(pools=pools, seen=seen, rng=Random(seed)))
    for pool in pools:
        for _ in range(pool.count):
            version_id, points = next(drawn)
            assert version_id in pool.ids
            assert points == pool.points


@given(pools, memories, st.integers())
def test_same_seed_draws_the_same(pools, seen, seed):
    if is_possible(pools):
        assert draw_ids(pools, seen, seed) == draw_ids(pools, seen, seed)


@given(memories, st.integers(1, 20), st.integers())
def test_nothing_seen_comes_while_there_is_something_new(seen, count, seed):
    pool = Pool(tuple(range(1, 31)), count)
    new = set(pool.ids) - {pk for ids in seen for pk in ids}

    drawn = set(draw_ids([pool], seen, seed))

    assert len(drawn & new) == min(count, len(new))


def test_what_was_seen_longest_ago_comes_first():
    drawn = draw_ids([Pool((1, 2, 3, 4, 5), 3)], seen=[[1], [2], [3, 4]])

    assert set(drawn) == {3, 4, 5}


def test_seen_in_two_attempts_counts_as_seen_lately():
    assert draw_ids([Pool((1, 2), 1)], seen=[[1], [1, 2]]) == [2]


def test_wide_pool_leaves_the_narrow_one_its_questions():
    for seed in range(50):
        assert draw_ids([Pool((1, 2, 3), 2), Pool((3,), 1)], seed=seed)[2] == 3


def test_pools_that_cross_are_filled_by_exchange():
    crossing = [Pool((1, 2), 1), Pool((2, 3), 1), Pool((1, 3), 1)]
    for seed in range(50):
        assert set(draw_ids(crossing, seed=seed)) == {1, 2, 3}


def test_different_seeds_draw_differently():
    pool = Pool(tuple(range(100)), 5)

    assert len({tuple(draw_ids([pool], seed=seed)) for seed in range(20)}) > 15


def test_every_question_has_its_turn():
    pool = Pool(tuple(range(10)), 2)

    assert {pk for seed in range(100) for pk in draw_ids([pool], seed=seed)} == set(pool.ids)


def test_empty_pool_is_too_few():
    with pytest.raises(TooFewQuestions):
        draw_ids([Pool((), 1)])
