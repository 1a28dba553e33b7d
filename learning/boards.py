"""Leaderboards: they read standings only, and rank units, never people."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, F, FilteredRelation, IntegerField, Q, Value, When, Window
from django.db.models.functions import Coalesce, NullIf, Rank
from django.utils.translation import gettext_lazy as _

from federations.models import Federation
from learning.models import Plan, Standing
from learning.rules.figures import MIN_AVERAGED, MIN_RANKED_DUE, mean_tenths, per_mille

VIEWS = {"subtree": _("全域"), "own": _("本级")}


@dataclass(frozen=True)
class Sort:
    """One figure of the board: its column and the column that it is a share of."""

    key: str
    label: str
    part: str
    whole: str
    is_score: bool = False

    def expression(self, view: str):
        """The figure in SQL, as learning.rules.figures has it: tenths, rounded half up."""
        part, whole = F(f"cell__{view}_{self.part}"), F(f"cell__{view}_{self.whole}")
        if self.is_score:
            whole = Case(When(**{f"cell__{view}_{self.whole}__gte": MIN_AVERAGED}, then=whole))
        whole = NullIf(whole, Value(0))
        scale, size = (2, 10) if self.is_score else (2000, 1)
        return (part * scale + whole * size) / (whole * 2 * size)

    @property
    def unit(self) -> str:
        return "" if self.is_score else "（%）"

    def rounded(self, tenths: int | None) -> str:
        """The figure without its decimal, for places too small for more."""
        return "—" if tenths is None else str((tenths + 5) // 10)

    def text(self, tenths: int | None) -> str:
        if tenths is None:
            return "—"
        number = f"{tenths / 10:.1f}".removesuffix(".0")
        return number if self.is_score else f"{number}%"


SORTS = {
    sort.key: sort
    for sort in (
        Sort("completed", _("完成率"), "completed", "due"),
        Sort("joined", _("参与率"), "joined", "due"),
        Sort("score", _("平均分"), "score_bp", "scored", is_score=True),
    )
}


@dataclass(frozen=True)
class Row:
    federation: Federation
    rank: int | None
    tenths: int | None
    due: int
    joined: int
    completed: int

    @property
    def is_small(self) -> bool:
        return 0 < self.due < MIN_RANKED_DUE


@dataclass(frozen=True)
class Board:
    """A plan's figures at a federation, and those of the level below it."""

    plan: Plan
    federation: Federation
    view: str
    sort: Sort

    @cached_property
    def standing(self) -> Standing:
        """The federation's own row; an empty one when nothing has been counted yet."""
        found = Standing.objects.filter(plan=self.plan, federation=self.federation).first()
        return found or Standing(plan=self.plan, federation=self.federation)

    @cached_property
    def crumbs(self) -> list[Federation]:
        """From the plan's federation down to this one's parent."""
        ancestors = self.federation.get_ancestors()
        return [f for f in ancestors if f.path.startswith(self.plan.federation.path)]

    @cached_property
    def all_rows(self) -> list[Row]:
        """The children with their figures: one query, best first, then by name of the place."""
        return [
            Row(
                child,
                child.rank if child.tenths is not None else None,
                child.tenths,
                child.due,
                child.joined,
                child.completed,
            )
            for child in self._children()
        ]

    def _children(self):
        figure = self.sort.expression(self.view)
        is_ranked = Case(When(due__gte=MIN_RANKED_DUE, then=1), default=0)
        best_first = F("tenths").desc(nulls_last=True)
        return (
            Federation.objects.filter(parent=self.federation)
            .annotate(cell=FilteredRelation("standings", condition=Q(standings__plan=self.plan)))
            .annotate(
                tenths=Case(When(cell__isnull=False, then=figure), output_field=IntegerField()),
                due=Coalesce(F(f"cell__{self.view}_due"), 0),
                joined=Coalesce(F(f"cell__{self.view}_joined"), 0),
                completed=Coalesce(F(f"cell__{self.view}_completed"), 0),
            )
            .annotate(
                rank=Window(Rank(), partition_by=[is_ranked], order_by=best_first),
            )
            .order_by(best_first, "path")
        )

    @property
    def rows(self) -> list[Row]:
        return [row for row in self.all_rows if row.due >= MIN_RANKED_DUE]

    @property
    def small_rows(self) -> list[Row]:
        return [row for row in self.all_rows if row.is_small]

    @property
    def empty_count(self) -> int:
        """How many units below have nobody on the roster."""
        return sum(row.due == 0 for row in self.all_rows)


def summarise(standing: Standing, prefix: str) -> dict:
    """A cell's counts with its rates as text."""
    due, joined = getattr(standing, f"{prefix}_due"), getattr(standing, f"{prefix}_joined")
    completed = getattr(standing, f"{prefix}_completed")
    mean = mean_tenths(
        getattr(standing, f"{prefix}_score_bp"), getattr(standing, f"{prefix}_scored")
    )
    return {
        "due": due,
        "joined": joined,
        "completed": completed,
        "joined_rate": SORTS["joined"].text(per_mille(joined, due)),
        "completed_rate": SORTS["completed"].text(per_mille(completed, due)),
        "average_score": SORTS["score"].text(mean),
    }
