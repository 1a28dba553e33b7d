"""Rows of a board: units with their counts, the figure that ranks them, and the one before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from federations.models import Federation
from learning.boards.sorts import Sort
from learning.domain.standings.figures import Figures
from learning.rules.figures import MIN_RANKED_DUE
from learning.rules.ranking import best_first, change, rank_among


@dataclass(frozen=True)
class Row:
    """`tenths` and `before` are in the small parts of the board's figure (learning.boards.sorts);
    `before` is that of the previous period or round, None where there is none."""

    federation: Federation
    rank: int | None
    tenths: int | None
    counts: Figures
    before: int | None = None

    @property
    def change(self) -> int | None:
        return change(self.tenths, self.before)

    @property
    def due(self) -> int:
        return self.counts.due

    @property
    def joined(self) -> int:
        return self.counts.joined

    @property
    def completed(self) -> int:
        return self.counts.completed

    @property
    def is_small(self) -> bool:
        return is_small(self.counts.due)


class Cell(NamedTuple):
    """A unit as it is read: its counts now and before, None before where there were none."""

    federation: Federation
    now: Figures
    before: Figures | None


def is_small(due: int) -> bool:
    return 0 < due < MIN_RANKED_DUE


@dataclass(frozen=True)
class Order:
    """What units are ranked by: a figure (`value`), or how much it has risen (`gain`)."""

    sort: Sort
    by: str = "value"

    def of(self, now: int | None, before: int | None) -> int | None:
        return change(now, before) if self.by == "gain" else now

    def arrange(self, cells: list[Cell]) -> list[Row]:
        """Rows, the best first, equal ones in the order of the tree; small units have no rank."""
        rows = self.sorted(self.row(cell) for cell in cells)
        keys = [self.key(row) for row in rows if row.due >= MIN_RANKED_DUE]
        falling = [each for each in keys if each is not None]
        return [self.ranked(row, falling) for row in rows]

    def sorted(self, rows: Iterable[Row]) -> list[Row]:
        return sorted(rows, key=lambda row: (best_first(self.key(row)), row.federation.path))

    def row(self, cell: Cell) -> Row:
        before = self.sort.of(cell.before) if cell.before else None
        return Row(cell.federation, None, self.sort.of(cell.now), cell.now, before)

    def key(self, row: Row) -> int | None:
        return self.of(row.tenths, row.before)

    def ranked(self, row: Row, falling: Sequence[int]) -> Row:
        """The row with its rank among the keys of all ranked units."""
        if row.due < MIN_RANKED_DUE:
            return row
        return replace(row, rank=rank_among(self.key(row), falling))
