"""Figures of a board: each from its counts, rounded once, and what they rose since before."""

import pytest

from federations.models import Federation
from learning.boards import SORTS
from learning.boards.rows import Cell, Order
from learning.domain.standings.figures import Figures
from learning.rules.ranking import change, per_head, rank_among

COUNTS = Figures(
    due=15, joined=12, completed=11, scored=12, score_bp=103_800, passed=9, excellent=4, credit=3750
)


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("completed", "73.3%"),
        ("joined", "80%"),
        ("passed", "75%"),
        ("excellent", "33.3%"),
        ("score", "86.5"),
        ("credit", "2.5"),
    ],
)
def test_figure_reads_as_its_definition_says(key, shown):
    sort = SORTS[key]

    assert sort.text(sort.of(COUNTS)) == shown


@pytest.mark.parametrize("key", SORTS)
def test_nobody_gives_no_figure(key):
    assert SORTS[key].text(SORTS[key].of(Figures())) == "—"


@pytest.mark.parametrize(
    ("hundredths", "members", "each"),
    [(5, 10, 1), (4, 10, 0), (-5, 10, 0), (-6, 10, -1), (0, 3, 0), (7, 0, None)],
)
def test_per_head_is_rounded_half_up(hundredths, members, each):
    assert per_head(hundredths, members) == each


def test_rank_is_one_more_than_there_are_better_ones():
    falling = [900, 700, 700, 500]

    assert [rank_among(each, falling) for each in (900, 700, 500, None)] == [1, 2, 4, None]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(32, "↑ 3.2 个百分点"), (-10, "↓ 1 个百分点"), (0, "持平"), (None, "—")],
)
def test_change_is_told_in_signs_and_words(value, shown):
    assert SORTS["completed"].change_text(value) == shown


def test_change_needs_both_figures():
    assert (change(800, 750), change(None, 750), change(800, None)) == (50, None, None)


def make_cell(name, path, now, before):
    made = [None if done is None else Figures(due=10, completed=done) for done in (now, before)]
    return Cell(Federation(name=name, path=path), *made)


def test_most_improved_come_first_and_those_without_a_past_last():
    cells = [
        make_cell("甲", "001", 9, 8),
        make_cell("乙", "002", 5, 1),
        make_cell("丙", "003", 10, None),
        make_cell("丁", "004", 4, 3),
    ]
    rows = Order(SORTS["completed"], "gain").arrange(cells)

    assert [(row.federation.name, row.rank, row.change) for row in rows] == [
        ("乙", 1, 400),
        ("甲", 2, 100),
        ("丁", 2, 100),
        ("丙", None, None),
    ]
