"""All units of a level, lined up: who stands where among 26,842 villages.

Lining them up reads all their standings, so the result is kept until the standings change. What is
kept are two arrays of small numbers; the rows of a page are read anew.
"""

from array import array
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Q, QuerySet

from federations.models import Federation
from learning.boards.board import Board
from learning.boards.reading import read_cells, units_of_level, with_cells
from learning.boards.rows import Row
from learning.rules.figures import MIN_RANKED_DUE
from learning.rules.ranking import best_first

PER_PAGE = 50
# Renamed, merged and new units appear by then at the latest.
KEPT_FOR = 300
MAX_FOUND = 50


@dataclass(frozen=True)
class Lineup:
    """`ids`: the ranked units, best first, then the small ones; `falling`: what ranks the former.

    `ranked` and `small` count the two, `empty` the units with nobody on the roster.
    """

    ids: array
    falling: array
    ranked: int
    small: int
    empty: int

    def page_of(self, federation_id: int) -> int | None:
        """The number of the page that a unit stands on; None where it is not lined up."""
        if federation_id not in self.ids:
            return None
        return 1 + self.ids.index(federation_id) // PER_PAGE


@dataclass(frozen=True)
class LevelPage:
    """One page of a level's units; `pinned` are those that were asked for and stand elsewhere.

    `is_cut`: more were found than are listed.
    """

    rows: list[Row]
    small_rows: list[Row]
    pinned: list[Row]
    is_cut: bool = False


def lineup_of(board: Board) -> Lineup:
    key = f"lineup:{board.plan.pk}:{board.level}:{board.view}:{board.sort.key}:{board.by}"
    kept = cache.get(key)
    if kept and kept[0] == board.stamp:
        return kept[1]
    lineup = make_lineup(board)
    cache.set(key, (board.stamp, lineup), KEPT_FOR)
    return lineup


def make_lineup(board: Board) -> Lineup:
    ranked, small, empty = [], [], 0
    for pk, due, key in _keys(board):
        if due == 0:
            empty += 1
        else:
            (ranked if due >= MIN_RANKED_DUE else small).append((best_first(key), pk, key))
    # The sort is stable: equal ones stay in the order of the tree.
    for units in (ranked, small):
        units.sort(key=lambda unit: unit[0])
    return Lineup(
        ids=array("i", [pk for _first, pk, _key in [*ranked, *small]]),
        falling=array("i", [key for _first, _pk, key in ranked if key is not None]),
        ranked=len(ranked),
        small=len(small),
        empty=empty,
    )


def _keys(board: Board):
    """(id, due, what ranks it) of every unit of the level, in the order of the tree."""
    sort, order, view = board.sort, board.order, board.view
    units = units_of_level(board.plan, board.level)
    names = [f"{cell}_{view}_{count}" for cell in ("cell", "was") for count in _needed(sort)]
    rows = with_cells(units, board.plan, (view,)).order_by("path").values_list("pk", *names)
    figure = sort.measure.figure
    for pk, due, part, whole, was_due, was_part, was_whole in rows.iterator(chunk_size=5000):
        now = figure(part or 0, whole or 0)
        before = None if was_due is None else figure(was_part, was_whole)
        yield pk, due or 0, order.of(now, before)


def _needed(sort) -> tuple[str, str, str]:
    return "due", sort.part, sort.whole


def page_rows(board: Board, lineup: Lineup, number: int, paths: set[str]) -> LevelPage:
    """The page, and of the units at `paths` those of the level that stand on another one."""
    start = (number - 1) * PER_PAGE
    shown = lineup.ids[start : start + PER_PAGE].tolist()
    units = Federation.objects.below(board.plan.federation).filter(
        Q(pk__in=shown) | Q(level=board.level, path__in=paths)
    )
    rows = {row.federation.pk: row for row in read_rows(board, lineup, units)}
    listed = [rows[pk] for pk in shown if pk in rows]
    return LevelPage(
        rows=[row for row in listed if row.due >= MIN_RANKED_DUE],
        small_rows=[row for row in listed if row.due < MIN_RANKED_DUE],
        pinned=[row for pk, row in rows.items() if pk not in set(shown) and row.due],
    )


def find_rows(board: Board, lineup: Lineup, text: str) -> LevelPage:
    """Units of the level whose name holds the text, at most MAX_FOUND, each with its rank."""
    units = units_of_level(board.plan, board.level).filter(name__contains=text)
    found = read_rows(board, lineup, units[: MAX_FOUND + 1])
    rows = board.order.sorted(found[:MAX_FOUND])
    return LevelPage(
        rows=[row for row in rows if row.due >= MIN_RANKED_DUE],
        small_rows=[row for row in rows if row.is_small],
        pinned=[],
        is_cut=len(found) > MAX_FOUND,
    )


def read_rows(board: Board, lineup: Lineup, units: QuerySet) -> list[Row]:
    """Rows with their rank in the lineup, and with the units above them."""
    above = units.select_related("parent__parent__parent")
    order = board.order
    cells = read_cells(above, board.plan, board.view)
    return [order.ranked(order.row(cell), lineup.falling) for cell in cells]
