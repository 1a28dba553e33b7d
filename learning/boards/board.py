"""A leaderboard: it reads standings only, and ranks units, never people."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from federations.models import Federation
from learning.boards.reading import (
    Stop,
    find_way,
    nothing_at,
    read_cells,
    read_children,
    units_of_level,
)
from learning.boards.rows import Cell, Order, Row
from learning.boards.sorts import Sort
from learning.domain.standings.figures import Figures
from learning.models import Plan, Standing
from learning.rules.figures import MIN_RANKED_DUE

VIEWS = {"subtree": _("全域"), "own": _("本级")}
BY = {"value": _("按高低"), "gain": _("进步最大")}


@dataclass(frozen=True)
class Board:
    """A plan's figures at a federation, and those of the units that are compared.

    level  None: the units below the federation; else every unit of that level in the whole plan
    by     what ranks them: the figure itself, or how much it rose since the plan before
    way    the stops down to the federation, where somebody has read them already
    """

    plan: Plan
    federation: Federation
    view: str
    sort: Sort
    level: int | None = None
    by: str = "value"
    way: list[Stop] | None = field(default=None, compare=False, repr=False)

    @cached_property
    def stops(self) -> list[Stop]:
        found = self.way or find_way(self.plan, self.federation.pk)
        return found or [nothing_at(self.federation)]

    @property
    def here(self) -> Stop:
        return self.stops[-1]

    @property
    def stamp(self) -> tuple:
        """Differs once a fold has changed anything: it rewrites the row of the plan's own
        federation with every change below."""
        top = self.stops[0]
        return top.updated_at, top.before_updated_at, top.now, top.before

    @property
    def crumbs(self) -> list[Federation]:
        """From the plan's federation down to this one's parent."""
        return [stop.federation for stop in self.stops[:-1]]

    @cached_property
    def standing(self) -> Standing:
        """The federation's own row; an empty one when nothing has been counted yet."""
        return self._standing(self.plan.pk, self.here.now, self.here.updated_at)

    @cached_property
    def previous_standing(self) -> Standing | None:
        """Its row in the plan before, if there is one."""
        if self.here.before is None:
            return None
        before = self.plan.previous_id, self.here.before, self.here.before_updated_at
        return self._standing(*before)

    def _standing(self, plan_id: int, counts: dict[str, Figures], updated_at) -> Standing:
        columns = {
            f"{view}_{name}": number
            for view, cell in counts.items()
            for name, number in cell._asdict().items()
        }
        place = self.federation
        return Standing(plan_id=plan_id, federation=place, updated_at=updated_at, **columns)

    @property
    def order(self) -> Order:
        return Order(self.sort, self.by)

    @cached_property
    def all_rows(self) -> list[Row]:
        """Every unit compared: one query, best first, then in the order of the tree."""
        return self.order.arrange(self._cells())

    def _cells(self) -> list[Cell]:
        if self.level is None:
            return read_children(self.federation, self.plan, self.view)
        return read_cells(units_of_level(self.plan, self.level), self.plan, self.view)

    @property
    def rows(self) -> list[Row]:
        return [row for row in self.all_rows if row.due >= MIN_RANKED_DUE]

    @property
    def small_rows(self) -> list[Row]:
        return [row for row in self.all_rows if row.is_small]

    @property
    def empty_count(self) -> int:
        """How many of them have nobody on the roster."""
        return sum(row.due == 0 for row in self.all_rows)
