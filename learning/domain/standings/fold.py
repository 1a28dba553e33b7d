"""Bring the standings up to date with what has happened since the last fold."""

from collections.abc import Collection
from datetime import datetime
from enum import Enum, auto

from django.db import transaction

from federations.models import Federation
from learning.domain.standings.rebuild import lock_free_plan, lock_plan, recount
from learning.domain.standings.rollup import roll_up, write_own
from learning.domain.standings.roster import take_in_roster_changes
from learning.domain.standings.rows import bind, fetch
from learning.models import Plan, PlanKind, StaleStanding

MARKS_PER_FOLD = 200_000
TEAMS_PER_STATEMENT = 2000
# From so many teams on that are a quarter of all, it takes less to count everybody.
RECOUNTED_FROM, RECOUNTED_SHARE = 2000, 4
TAKE_MARKS = """
DELETE FROM learning_stalestanding WHERE id IN (
    SELECT id FROM learning_stalestanding WHERE plan_id = :plan ORDER BY id LIMIT :limit)
RETURNING federation_id
"""


class Busy(Enum):
    """What to do about a plan that somebody else is folding or counting just now.

    WAIT  for the lock
    SKIP  it: the marks are taken by whoever holds it, or next time
    STOP  altogether: one process at a time is enough for these plans
    """

    WAIT = auto()
    SKIP = auto()
    STOP = auto()


def fold_standings(
    *, now: datetime, kinds: Collection[str] = tuple(PlanKind), busy: Busy = Busy.WAIT
) -> int:
    """Fold every stale mark that is there at the start; returns how many were folded.

    kinds  of which plans: every event marks the month, the quarter and the year too, and nobody
           waits for those, so they have a clock of their own (docs/decisions/0044)

    Safe to repeat and to run twice at once: one plan is folded by one process at a time.
    """
    while take_in_roster_changes():
        pass
    folded = 0
    marked = StaleStanding.objects.filter(plan__kind__in=kinds)
    for plan_id in sorted(marked.values_list("plan_id", flat=True).distinct()):
        marks = MARKS_PER_FOLD
        while marks == MARKS_PER_FOLD:
            marks = fold_plan(plan_id=plan_id, now=now, waits=busy is Busy.WAIT)
            if marks is None and busy is Busy.STOP:
                return folded
            folded += marks or 0
    return folded


@transaction.atomic
def fold_plan(*, plan_id: int, now: datetime, waits: bool = True) -> int | None:
    """Recompute one batch of the plan's stale cells; returns the number of marks taken.

    None: somebody else holds the plan's lock, and this does not wait.
    """
    plan = lock_plan(plan_id) if waits else lock_free_plan(plan_id)
    if plan is None:
        return None
    # Deleted before the figures are read: an event that commits later leaves a mark of its own.
    marks = fetch(bind(TAKE_MARKS, {"plan": plan_id, "limit": MARKS_PER_FOLD}))
    if marks and not plan.is_frozen:
        recompute_cells(plan=plan, federation_ids=sorted({pk for (pk,) in marks}), now=now)
    return len(marks)


def recompute_cells(*, plan: Plan, federation_ids: list[int], now: datetime) -> None:
    size = len(federation_ids)
    if size >= RECOUNTED_FROM and size * RECOUNTED_SHARE >= _count_teams(plan):
        recount(plan, now)
        return
    for start in range(0, size, TEAMS_PER_STATEMENT):
        write_own(plan, federation_ids[start : start + TEAMS_PER_STATEMENT], now)
    roll_up(plan, federation_ids, now)


def _count_teams(plan: Plan) -> int:
    return Federation.objects.below(plan.federation).count()
