"""What a board reads: federations with their standings, now and in the plan before."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, FilteredRelation, Q, QuerySet

from federations.models import Federation
from federations.queries import way_down
from learning.boards.rows import Cell
from learning.domain.standings.figures import NAMES, Figures
from learning.models import Plan
from members.prepared import Prepared

VIEW_NAMES = ("own", "subtree")
# No plan has it: what there was before, of a plan that follows none.
NO_PLAN = 0


@dataclass(frozen=True)
class Stop:
    """A federation on the way down to the one that is shown; counts by view."""

    federation: Federation
    now: dict[str, Figures]
    before: dict[str, Figures] | None
    updated_at: datetime | None
    before_updated_at: datetime | None


def find_way(plan: Plan, federation_id: int | None = None) -> list[Stop]:
    """From the plan's federation down to the one asked for, in one query.

    Empty where there is no such federation, or the plan does not reach it.
    """
    top = plan.federation.path
    asked = plan.federation_id if federation_id is None else federation_id
    found = WAY.instances(asked=asked, plan=plan.pk, previous=plan.previous_id or NO_PLAN)
    stops = [_stop(each) for each in found if each.path.startswith(top)]
    return stops if stops and stops[0].federation.path == top else []


def _way(*, asked: int, plan: int, previous: int) -> QuerySet:
    found = _with_cells(way_down(asked), plan, previous, VIEW_NAMES)
    return found.annotate(at=F("cell__updated_at"), before_at=F("was__updated_at"))


WAY = Prepared(_way, asked=int, plan=int, previous=int)


def _stop(federation: Federation) -> Stop:
    now = {view: read_counts(federation, "cell", view) or Figures() for view in VIEW_NAMES}
    before = {view: read_counts(federation, "was", view) for view in VIEW_NAMES}
    return Stop(
        federation=federation,
        now=now,
        before=before if before["subtree"] else None,
        updated_at=federation.at,
        before_updated_at=federation.before_at,
    )


def nothing_at(federation: Federation) -> Stop:
    """Of a unit that the plan does not reach."""
    return Stop(federation, {view: Figures() for view in VIEW_NAMES}, None, None, None)


def with_cells(federations: QuerySet, plan: Plan, views: tuple[str, ...]) -> QuerySet:
    """The federations with the counts of the plan (`cell_…`) and of the one before (`was_…`)."""
    return _with_cells(federations, plan.pk, plan.previous_id or NO_PLAN, views)


def _with_cells(
    federations: QuerySet, plan: int, previous: int, views: tuple[str, ...]
) -> QuerySet:
    joined = federations.annotate(
        cell=FilteredRelation("standings", condition=Q(standings__plan=plan)),
        was=FilteredRelation("standings", condition=Q(standings__plan=previous)),
    )
    columns = {
        f"{cell}_{view}_{name}": F(f"{cell}__{view}_{name}")
        for cell in ("cell", "was")
        for view in views
        for name in NAMES
    }
    return joined.annotate(**columns)


def read_counts(federation: Federation, cell: str, view: str) -> Figures | None:
    """None where the unit has no standing there."""
    numbers = [getattr(federation, f"{cell}_{view}_{name}") for name in NAMES]
    return None if numbers[0] is None else Figures(*numbers)


def read_cells(federations: QuerySet, plan: Plan, view: str) -> list[Cell]:
    return [_cell(each, view) for each in with_cells(federations, plan, (view,))]


def read_children(federation: Federation, plan: Plan, view: str) -> list[Cell]:
    """Of the units below a federation, in the order of the tree."""
    found = CHILDREN[view].instances(
        parent=federation.pk, plan=plan.pk, previous=plan.previous_id or NO_PLAN
    )
    return [_cell(each, view) for each in found]


def _children(view: str) -> Prepared:
    def build(*, parent: int, plan: int, previous: int) -> QuerySet:
        return _with_cells(Federation.objects.filter(parent=parent), plan, previous, (view,))

    return Prepared(build, parent=int, plan=int, previous=int)


CHILDREN = {view: _children(view) for view in VIEW_NAMES}


def _cell(federation: Federation, view: str) -> Cell:
    now = read_counts(federation, "cell", view) or Figures()
    return Cell(federation, now, read_counts(federation, "was", view))


def units_of_level(plan: Plan, level: int) -> QuerySet:
    """All units of one level that the plan reaches; towns without a county among the towns."""
    return Federation.objects.below(plan.federation).at_level(level)
