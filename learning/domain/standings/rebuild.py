"""Compute a plan's standings afresh from the raw rows, and compare or replace what is stored."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from federations.models import Federation
from learning.domain.standings.figures import (
    OWN_COLUMNS,
    SUBTREE_COLUMNS,
    Figures,
    read_figures,
)
from learning.domain.standings.fold import lock_plan
from learning.domain.standings.own import own_figures_below
from learning.domain.standings.rollup import BATCH
from learning.models import Plan, StaleStanding, Standing


@dataclass(frozen=True)
class RebuildResult:
    """`differences`: federation ids whose stored row differs; `pending`: those not yet folded."""

    cells: int
    differences: list[int]
    pending: int


@transaction.atomic
def rebuild_standings(*, plan_id: int, now: datetime, check: bool = False) -> RebuildResult:
    """Recount every cell of the plan. With `check` nothing is written.

    A frozen plan keeps what was frozen: its rows are neither compared nor touched.
    """
    plan = lock_plan(plan_id)
    if plan.is_frozen:
        return RebuildResult(cells=0, differences=[], pending=0)
    own = own_figures_below(plan, now)
    if not check:
        return replace_standings(plan, own, now)
    pending = _pending_cells(plan)
    fresh = _add_up(plan, own)
    differences = _find_differences(plan, fresh, skip=pending)
    return RebuildResult(cells=len(fresh), differences=differences, pending=len(pending))


def replace_standings(plan: Plan, own: dict[int, Figures], now: datetime) -> RebuildResult:
    """Write what follows from the teams' own figures; the caller holds the plan's lock."""
    fresh = _add_up(plan, own)
    differences = _find_differences(plan, fresh, skip=set())
    _write(plan, {pk: fresh.get(pk, (Figures(), Figures())) for pk in differences}, now)
    return RebuildResult(cells=len(fresh), differences=differences, pending=0)


def rebuild_open_standings(*, now: datetime) -> int:
    """Rebuild every plan that is not frozen; returns the number of cells that had to change."""
    plans = Plan.objects.filter(frozen_at=None).values_list("pk", flat=True)
    return sum(len(rebuild_standings(plan_id=pk, now=now).differences) for pk in plans)


def schedule_rebuild(*, plan_id: int) -> None:
    """Rebuild the plan's standings in a task, once the current transaction has committed."""
    # Imported here: the task imports this module.
    from learning.tasks import rebuild_plan  # noqa: PLC0415

    transaction.on_commit(partial(rebuild_plan.delay, plan_id))


def _add_up(plan: Plan, own: dict[int, Figures]) -> dict[int, tuple[Figures, Figures]]:
    """(own, subtree) figures by federation id, added up along the paths."""
    tree = dict(Federation.objects.below(plan.federation).values_list("path", "pk"))
    subtree = {path: own.get(pk, Figures()) for path, pk in tree.items()}
    root, step = len(plan.federation.path), Federation.steplen
    for path in sorted(tree, key=len, reverse=True):
        if len(path) > root:
            subtree[path[:-step]] += subtree[path]
    return {pk: (own.get(pk, Figures()), subtree[path]) for path, pk in tree.items()}


def _find_differences(plan: Plan, fresh: dict, *, skip: set[int]) -> list[int]:
    stored = {
        standing.federation_id: (read_figures(standing, "own"), read_figures(standing, "subtree"))
        for standing in Standing.objects.filter(plan=plan).iterator()
    }
    empty = (Figures(), Figures())
    return [
        pk
        for pk in sorted(fresh.keys() | stored.keys())
        if pk not in skip and fresh.get(pk, empty) != stored.get(pk, empty)
    ]


def _pending_cells(plan: Plan) -> set[int]:
    """Cells that wait for a fold, with all above them: they may differ until it has run."""
    marked = StaleStanding.objects.filter(plan=plan).values("federation_id")
    pending: set[int] = set()
    for federation in Federation.objects.filter(pk__in=marked):
        ancestors = federation.get_ancestors().values_list("pk", flat=True)
        pending.update([federation.pk, *ancestors])
    return pending


def _write(plan: Plan, figures: dict[int, tuple[Figures, Figures]], now: datetime) -> None:
    Standing.objects.bulk_create(
        (
            Standing(
                plan=plan,
                federation_id=pk,
                updated_at=now,
                **own.as_columns("own"),
                **subtree.as_columns("subtree"),
            )
            for pk, (own, subtree) in figures.items()
        ),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["plan", "federation"],
        update_fields=[*OWN_COLUMNS, *SUBTREE_COLUMNS, "updated_at"],
    )
