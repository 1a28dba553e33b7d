"""Compute a plan's standings afresh from the raw rows, and compare or replace what is stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from time import perf_counter

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from federations.models import Federation
from learning.domain.standings.figures import COLUMNS, EMPTY, NOTHING, Cell, Figures
from learning.domain.standings.own import own_figures_below
from learning.domain.standings.rollup import write_cells
from learning.domain.standings.rows import spare_compiling
from learning.models import Plan, PlanKind, Progress, StaleStanding, Standing

QUIET_AFTER = timedelta(days=60)
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class RebuildResult:
    """`differences`: federation ids whose stored row differs; `pending`: those not yet folded."""

    cells: int
    differences: list[int]
    pending: int


def lock_plan(plan_id: int) -> Plan:
    """Take the plan's fold lock. NO KEY: events that refer to the plan are not held up."""
    return _lockable().get(pk=plan_id)


def lock_free_plan(plan_id: int) -> Plan | None:
    """The same, but None where somebody holds the lock. SQLite has one writer: always free."""
    return _lockable(skip_locked=True).filter(pk=plan_id).first()


def _lockable(**options) -> QuerySet[Plan]:
    spare_compiling()
    plans = Plan.boards.select_related("federation")
    return plans.select_for_update(no_key=True, of=("self",), **options)


@transaction.atomic
def rebuild_standings(*, plan_id: int, now: datetime, check: bool = False) -> RebuildResult:
    """Recount every cell of the plan. With `check` nothing is written.

    A frozen plan keeps what was frozen: its rows are neither compared nor touched.
    """
    plan = lock_plan(plan_id)
    if plan.is_frozen:
        return RebuildResult(cells=0, differences=[], pending=0)
    if not check:
        return recount(plan, now)
    pending = _pending_cells(plan)
    fresh = _add_up(plan, own_figures_below(plan, now))
    differences = _find_differences(plan, fresh, skip=pending)
    return RebuildResult(cells=len(fresh), differences=differences, pending=len(pending))


def recount(plan: Plan, now: datetime) -> RebuildResult:
    """Count every team and write what differs; the caller holds the plan's lock."""
    return replace_standings(plan, own_figures_below(plan, now), now)


def replace_standings(plan: Plan, own: dict[int, Figures], now: datetime) -> RebuildResult:
    """Write what follows from the teams' own figures; the caller holds the plan's lock."""
    fresh = _add_up(plan, own)
    differences = _find_differences(plan, fresh, skip=set())
    write_cells(plan, {pk: fresh.get(pk, EMPTY) for pk in differences}, now)
    return RebuildResult(cells=len(fresh), differences=differences, pending=0)


def rebuild_open_standings(*, now: datetime) -> int:
    """Rebuild every plan that is not frozen; returns the number of cells that had to change.

    Most quizzes never close: a quiz that nobody has taken for QUIET_AFTER is left out. What
    happens to its people still leaves marks, and they are folded.
    """
    news = Progress.objects.filter(page__plan_items__plan=OuterRef("pk"))
    is_quiet = Q(kind=PlanKind.QUIZ) & ~Exists(news.filter(updated_at__gte=now - QUIET_AFTER))
    plans = list(Plan.boards.filter(frozen_at=None).exclude(is_quiet).values_list("pk", flat=True))
    return sum(_rebuild_and_log(plan_id, now) for plan_id in plans)


def _rebuild_and_log(plan_id: int, now: datetime) -> int:
    start = perf_counter()
    changed = len(rebuild_standings(plan_id=plan_id, now=now).differences)
    seconds = round(perf_counter() - start, 1)
    log.info("standings_rebuilt", plan=plan_id, changed=changed, seconds=seconds)
    return changed


def schedule_rebuild(*, plan_id: int) -> None:
    """Rebuild the plan's standings in a task, once the current transaction has committed."""
    # Imported here: the task imports this module.
    from learning.tasks import rebuild_plan  # noqa: PLC0415

    transaction.on_commit(partial(rebuild_plan.delay, plan_id))


def _add_up(plan: Plan, own: dict[int, Figures]) -> dict[int, Cell]:
    """Cells by federation id, added up along the paths."""
    tree = dict(Federation.objects.below(plan.federation).values_list("path", "pk"))
    subtree = {path: own.get(pk, NOTHING) for path, pk in tree.items()}
    root, step = len(plan.federation.path), Federation.steplen
    for path in sorted(tree, key=len, reverse=True):
        if len(path) > root:
            subtree[path[:-step]] = subtree[path[:-step]].plus(subtree[path])
    return {pk: (*own.get(pk, NOTHING), *subtree[path]) for path, pk in tree.items()}


def _find_differences(plan: Plan, fresh: dict[int, Cell], *, skip: set[int]) -> list[int]:
    rows = Standing.objects.filter(plan=plan).values_list("federation_id", *COLUMNS)
    stored = {pk: tuple(cell) for pk, *cell in rows.iterator(chunk_size=5000)}
    return [
        pk
        for pk in sorted(fresh.keys() | stored.keys())
        if pk not in skip and fresh.get(pk, EMPTY) != stored.get(pk, EMPTY)
    ]


def _pending_cells(plan: Plan) -> set[int]:
    """Cells that wait for a fold, with all above them: they may differ until it has run."""
    marked = StaleStanding.objects.filter(plan=plan).values("federation_id")
    paths = {
        path
        for federation in Federation.objects.filter(pk__in=marked)
        for path in federation.paths_down_to_here
    }
    tree = dict(Federation.objects.values_list("path", "pk")) if paths else {}
    return {tree[path] for path in paths}
