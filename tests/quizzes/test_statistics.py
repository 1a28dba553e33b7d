"""The pure statistics: hand-computed values, numpy's, and what is not defined."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.statistics import (
    Answer,
    Sample,
    Warned,
    count_answers,
    find_warnings,
    sum_up,
    weigh_items,
)

KNOWN = [("a", "A. 甲", True), ("b", "B. 乙", False), ("c", "C. 丙", False)]


def make_sample(rows, points=1.0) -> Sample:
    """Attempts as rows of marks; question k is in column k. Full marks chose a, others b."""
    sample = Sample()
    for row in rows:
        sample.add(
            [
                Answer(number, number, mark, points, ("a",) if mark == points else ("b",))
                for number, mark in enumerate(row)
                if mark is not None
            ]
        )
    return sample


HAND = [(1, 1), (1, 1), (1, 0), (0, 0)]


def test_quiz_figures_by_hand():
    figures = sum_up(make_sample(HAND))

    assert (figures.attempts, figures.mean, figures.median) == (4, 62.5, 75)
    assert figures.deviation == pytest.approx(47.871355)
    assert figures.consistency == pytest.approx(72.727273)
    assert figures.error_ratio == pytest.approx(52.223297)
    assert figures.standard_error == pytest.approx(25)
    assert figures.histogram == (1, 0, 0, 0, 0, 1, 0, 0, 0, 2)


def test_item_figures_by_hand():
    figures = weigh_items(make_sample(HAND))[0]

    assert (figures.asked, figures.facility, figures.deviation) == (4, 75, 0.5)
    assert figures.discrimination == pytest.approx(57.735027)
    assert figures.efficiency == pytest.approx(100)
    assert figures.effective_weight == pytest.approx(47.722558)
    assert figures.intended_weight == 50


def test_skewness_and_kurtosis_by_hand():
    """1, 2, 3, 4, 10: m2 = 10, m3 = 36, m4 = 278.8, so k2 = 12.5, k3 = 75, k4 = 493.33."""
    figures = sum_up(make_sample([(value,) for value in (1, 2, 3, 4, 10)], points=100.0))

    assert figures.skewness == pytest.approx(75 / 12.5**1.5)
    assert figures.kurtosis == pytest.approx(25 * (6 * 278.8 - 12 * 100) / 24 / 12.5**2)


def test_efficiency_is_measured_against_the_best_order():
    """x = 1, 0, 1 and R = 1, 2, 3: cov = 0, and 0.5 at best."""
    figures = weigh_items(make_sample([(1, 1), (0, 2), (1, 3)], points=3.0))[0]

    assert (figures.discrimination, figures.efficiency) == (0, 0)


def numpy_item(marks: np.ndarray, rests: np.ndarray) -> dict:
    """The same figures by another road: numpy's covariance matrix."""
    matrix = np.cov(marks, rests)
    best = np.cov(np.sort(marks), np.sort(rests))[0, 1]
    return {
        "facility": 100 * marks.mean(),
        "deviation": marks.std(ddof=1),
        "discrimination": 100 * matrix[0, 1] / np.sqrt(matrix[0, 0] * matrix[1, 1]),
        "efficiency": 100 * matrix[0, 1] / best,
    }


def numpy_consistency(table: np.ndarray) -> float:
    count = table.shape[1]
    inner = table.var(axis=0, ddof=1).sum() / table.sum(axis=1).var(ddof=1)
    return 100 * count / (count - 1) * (1 - inner)


def numpy_shape(scores: np.ndarray) -> tuple[float, float]:
    """Fisher's unbiased k-statistics from power sums, not from central moments."""
    n = len(scores)
    s1, s2, s3, s4 = ((scores**power).sum() for power in (1, 2, 3, 4))
    k2 = (n * s2 - s1**2) / (n * (n - 1))
    k3 = (2 * s1**3 - 3 * n * s1 * s2 + n**2 * s3) / (n * (n - 1) * (n - 2))
    k4 = (
        -6 * s1**4
        + 12 * n * s1**2 * s2
        - 3 * n * (n - 1) * s2**2
        - 4 * n * (n + 1) * s1 * s3
        + n**2 * (n + 1) * s4
    ) / (n * (n - 1) * (n - 2) * (n - 3))
    return k3 / k2**1.5, k4 / k2**2


marks = st.sampled_from([0.0, 1 / 3, 0.5, 2 / 3, 1.0])
tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.tuples(*[marks] * width), min_size=4, max_size=40)
)


@settings(deadline=None)
@given(tables)
def test_items_agree_with_numpy(rows):
    table = np.array(rows)
    found = weigh_items(make_sample(rows))

    for number, figures in found.items():
        x, rest = table[:, number], table.sum(axis=1) - table[:, number]
        if np.ptp(x) > 1e-9 and np.ptp(rest) > 1e-9:
            expected = numpy_item(x, rest)
            assert {name: getattr(figures, name) for name in expected} == pytest.approx(
                expected, abs=1e-4
            )


@settings(deadline=None)
@given(tables)
def test_effective_weights_agree_with_numpy(rows):
    table = np.array(rows)
    whole = table.sum(axis=1)
    found = weigh_items(make_sample(rows))

    covariances = [np.cov(column, whole)[0, 1] for column in table.T]
    roots = [np.sqrt(each) for each in covariances if each > 1e-9]
    for number, figures in found.items():
        if covariances[number] > 1e-9:
            assert figures.effective_weight == pytest.approx(
                100 * np.sqrt(covariances[number]) / sum(roots), abs=1e-2
            )


@settings(deadline=None)
@given(tables)
def test_whole_agrees_with_numpy(rows):
    table = np.array(rows)
    scores = 100 * table.mean(axis=1)
    found = sum_up(make_sample(rows))

    assert (found.mean, found.median) == pytest.approx((scores.mean(), np.median(scores)))
    assert found.deviation == pytest.approx(scores.std(ddof=1), abs=1e-6)
    if np.ptp(scores) > 1e-6:
        assert found.consistency == pytest.approx(numpy_consistency(table), abs=1e-4)
        assert (found.skewness, found.kurtosis) == pytest.approx(
            numpy_shape(table.mean(axis=1)), abs=1e-4
        )
    counts = np.histogram(np.round(scores, 9), bins=10, range=(0, 100))[0]
    assert list(found.histogram) == list(counts)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([0.0, 0.5, 1.0])), max_size=60))
def test_answer_counts_agree_with_numpy(rows):
    sample = Sample()
    for choice, other in rows:
        mark = float(choice == "a")
        sample.add([Answer(1, 1, mark, 1, (choice,)), Answer(2, 2, other, 1, ())])
    if not rows:
        return
    totals = np.array([float(choice == "a") + other for choice, other in rows])

    for found in count_answers(sample.items[1], version=1, known=KNOWN):
        gave = np.array([float(choice == found.name) for choice, _other in rows])
        assert found.share == pytest.approx(100 * gave.mean())
        if np.ptp(gave) and np.ptp(totals):
            assert found.biserial == pytest.approx(np.corrcoef(gave, totals)[0, 1])
        else:
            assert found.biserial is None


def test_top_and_bottom_groups_by_hand():
    """Of 10 attempts the best 3 and the weakest 3; the rest decides the order."""
    sample = Sample()
    for place in range(10):
        chosen = "a" if place >= 6 else "b"
        sample.add([Answer(1, 1, 0, 10, (chosen,)), Answer(2, 2, place, 10, ())])

    right, wrong, never = count_answers(sample.items[1], version=1, known=KNOWN)

    assert (right.count, right.share, right.top, right.bottom) == (4, 40, 100, 0)
    assert (wrong.top, wrong.bottom) == (0, 100)
    assert (never.count, never.top, never.biserial) == (0, 0, None)


def test_answers_without_a_label_follow_by_frequency():
    sample = Sample()
    for text in ("妇女节", "三八节", "妇女节"):
        sample.add([Answer(1, 1, 1, 1, (text,))])

    found = count_answers(sample.items[1], version=1, known=[])

    assert [(each.label, each.count, each.is_right) for each in found] == [
        ("妇女节", 2, None),
        ("三八节", 1, None),
    ]


def test_wordings_are_counted_apart():
    sample = Sample()
    for version, tally in ((1, ("a",)), (2, ()), (2, ("b",))):
        sample.add([Answer(7, version, 1, 1, tally)])

    assert sample.items[7].wordings() == {1: (1, 0), 2: (2, 1)}


def test_nothing_is_computed_of_no_attempt():
    figures = sum_up(Sample())

    assert (figures.attempts, figures.mean, figures.standard_error) == (0, None, None)
    assert weigh_items(Sample()) == {}


def test_one_attempt_has_a_mean_and_no_spread():
    sample = make_sample([(1, 0)])
    whole, item = sum_up(sample), weigh_items(sample)[0]

    assert (whole.mean, whole.median, whole.deviation, whole.skewness) == (50, 50, None, None)
    assert (whole.consistency, whole.standard_error) == (None, None)
    assert (item.facility, item.deviation, item.discrimination) == (100, None, None)


def test_no_spread_leaves_correlations_undefined():
    sample = make_sample([(1 / 3, 1 / 3, 1 / 3)] * 5)
    whole, item = sum_up(sample), weigh_items(sample)[0]

    assert (whole.deviation, whole.skewness, whole.kurtosis, whole.consistency) == (0, *[None] * 3)
    assert (item.discrimination, item.efficiency, item.effective_weight) == (None, None, None)


def test_question_that_all_answer_alike_has_no_index():
    item = weigh_items(make_sample([(1, 1), (1, 0), (1, 1)]))[0]

    assert (item.facility, item.discrimination, item.efficiency) == (100, None, None)


def test_drawn_questions_count_where_they_were_held():
    """Question 0 was in the first three attempts; its R is the total of those alone."""
    sample = make_sample([(1, 1, None), (0, 0, None), (1, None, 1), (None, 1, 0)])

    item = weigh_items(sample)[0]

    assert (item.asked, item.facility) == (3, pytest.approx(200 / 3))
    assert item.discrimination == pytest.approx(100)
    assert (item.effective_weight, item.intended_weight) == (None, None)


def test_consistency_of_drawn_questions_goes_by_place():
    rows = [(1, 1, None), (0, 0, None), (1, None, 1), (None, 1, 0)]
    places = np.array([(1, 1), (0, 0), (1, 1), (1, 0)])

    assert sum_up(make_sample(rows)).consistency == pytest.approx(numpy_consistency(places))


def test_consistency_of_unequal_attempts_is_undefined():
    assert sum_up(make_sample([(1, None), (1, 1), (0, 1)])).consistency is None


def test_attempt_worth_nothing_is_not_counted():
    assert make_sample([(0, 0)], points=0.0).attempts == 0


def warn(rows, known=KNOWN):
    sample = make_sample(rows)
    return find_warnings(
        weigh_items(sample)[0], count_answers(sample.items[0], version=0, known=known)
    )


TWO = KNOWN[:2]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(1, 1), (1, 0)] * 10, [Warned.TOO_EASY, Warned.UNCHOSEN]),
        ([(0, 1), (0, 0)] * 10, [Warned.WRONG_PREFERRED, Warned.TOO_HARD]),
        ([(1, 0), (0, 1)] * 10, [Warned.NEGATIVE]),
        ([(1, 1), (1, 0), (0, 1), (0, 0)] * 5, [Warned.WEAK]),
        ([(1, 1), (0, 0)] * 10, []),
        ([(1, 1), (1, 0)] * 9, []),
    ],
)
def test_warnings(rows, expected):
    assert warn(rows, TWO) == expected
