"""What a measure is, and the ground that all of them stand on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from federations.models import Federation
from federations.models.federation import subtree_range
from learning.assessment.windows import begin_of, end_of
from learning.models import Plan, PlanKind, Standing
from learning.rules.periods import Period

# A value per federation id, in whole numbers of the measure's unit; None: nothing to measure.
Values = dict[int, int | None]


@dataclass(frozen=True)
class Unit:
    """`scale` of the stored whole numbers make one as people read it; `kind` is a bulletin's."""

    kind: str
    scale: int
    suffix: Any = ""
    most: int | None = None

    @property
    def places(self) -> int:
        return len(str(self.scale)) - 1

    @property
    def name(self) -> str:
        """As it stands in brackets behind a label."""
        return str(self.suffix).strip()

    def text(self, value: int | None) -> str:
        """73.3%, 88.5 分, 3.25 学时"""
        if value is None:
            return "—"
        return f"{decimal_text(value, self.scale)}{self.suffix}"

    def number(self, value: int) -> Decimal:
        """As it stands in a form."""
        return Decimal(decimal_text(value, self.scale))

    def read(self, number: Decimal) -> int:
        return int(number * self.scale)


def decimal_text(value: int, scale: int) -> str:
    """325 of 100 is 3.25; no zeros at the end."""
    whole, rest = divmod(abs(value), scale)
    digits = f"{rest:0{len(str(scale)) - 1}d}".rstrip("0") if rest else ""
    sign = "−" if value < 0 else ""
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"


@dataclass(frozen=True)
class Measure:
    """`explanation` is what people read; `values` measures all units at once, in a few queries."""

    label: Any
    unit: Unit
    explanation: Any
    values: Callable[["Ground"], Values]


@dataclass(frozen=True)
class Cell:
    """A unit's figures in the period, its whole subtree: learning.models.Standing."""

    due: int
    joined: int
    completed: int
    scored: int
    score_bp: int
    passed: int
    excellent: int
    credit: int


CELL_COLUMNS = [f"subtree_{name}" for name in Cell.__dataclass_fields__]


@dataclass(frozen=True)
class Ground:
    """The units of one level below a federation, in a period; read once, shared by the measures.

    `now` cuts off a period that is not over.
    """

    root: Federation
    level: int
    window: Period
    now: datetime

    @property
    def as_of(self) -> date:
        """The day whose roster counts."""
        return min(localdate(self.now), self.window.last)

    @property
    def since(self) -> datetime:
        return begin_of(self.window)

    @property
    def until(self) -> datetime:
        """The first moment that does not count."""
        return min(self.now, end_of(self.window))

    @cached_property
    def units(self) -> list[Federation]:
        return list(Federation.objects.below(self.root).at_level(self.level).order_by("path"))

    @cached_property
    def board(self) -> Plan | None:
        boards = Plan.boards.filter(kind=PlanKind.PERIOD, key=self.window.key)
        return boards.first()

    @cached_property
    def cells(self) -> dict[int, Cell]:
        """Of the units that have one: nothing is known while the period has no board."""
        if self.board is None:
            return {}
        rows = Standing.objects.filter(self.is_unit("federation__"), plan=self.board)
        return {
            pk: Cell(*figures) for pk, *figures in rows.values_list("federation", *CELL_COLUMNS)
        }

    @property
    def is_settled(self) -> bool:
        """Whether the period is over, and its board and tasks are frozen: nothing changes then."""
        is_over = localdate(self.now) > self.window.last
        is_kept = self.board is None or self.board.is_frozen
        return is_over and is_kept and not self.tasks.filter(frozen_at=None).exists()

    @property
    def tasks(self) -> QuerySet[Plan]:
        """The tasks that closed in the period."""
        return Plan.objects.filter(cutoff_at__gte=self.since, cutoff_at__lt=self.until)

    def is_unit(self, prefix: str = "") -> Q:
        return self.is_within(prefix) & Q(**{f"{prefix}level": self.level})

    def is_within(self, prefix: str = "") -> Q:
        return Q(**{f"{prefix}path__range": subtree_range(self.root.path)})

    def add_up(self, by_path: Iterable[tuple[str, *tuple[int, ...]]], width: int = 1) -> dict:
        """Sums per unit of (tree path, number, …): {unit id: (number, …)}, zeros where none lie.

        What is above the units belongs to none.
        """
        sums = {unit.pk: (0,) * width for unit in self.units}
        for path, *numbers in by_path:
            unit = self._unit_at(path)
            if unit is not None:
                sums[unit] = tuple(a + b for a, b in zip(sums[unit], numbers, strict=True))
        return sums

    def _unit_at(self, path: str) -> int | None:
        step = Federation.steplen
        ends = range(len(self.root.path), len(path) + 1, step)
        return next((self._by_path[path[:e]] for e in ends if path[:e] in self._by_path), None)

    @cached_property
    def _by_path(self) -> dict[str, int]:
        return {unit.path: unit.pk for unit in self.units}
