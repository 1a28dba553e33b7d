"""Bring the standings up to date with what has happened since the last fold."""

from datetime import datetime

from django.db import transaction

from federations.models import Federation
from learning.audience import audience_of
from learning.domain.standings.figures import Figures
from learning.domain.standings.own import own_figures_of
from learning.domain.standings.rollup import BATCH, roll_up, write_own
from learning.domain.standings.roster import take_in_roster_changes
from learning.models import Plan, StaleStanding

MARKS_PER_FOLD = 20_000


def fold_standings(*, now: datetime) -> int:
    """Fold every stale mark that is there at the start; returns how many were folded.

    Safe to repeat and to run twice at once: folds of one plan wait for each other.
    """
    while take_in_roster_changes():
        pass
    folded = 0
    for plan_id in StaleStanding.objects.values_list("plan_id", flat=True).distinct():
        while marks := fold_plan(plan_id=plan_id, now=now):
            folded += marks
            if marks < MARKS_PER_FOLD:
                break
    return folded


@transaction.atomic
def fold_plan(*, plan_id: int, now: datetime) -> int:
    """Recompute one batch of the plan's stale cells; returns the number of marks taken."""
    plan = lock_plan(plan_id)
    marks = dict(
        StaleStanding.objects.filter(plan_id=plan_id)
        .order_by("pk")
        .values_list("pk", "federation_id")[:MARKS_PER_FOLD]
    )
    # Deleted before the figures are read: an event that commits later leaves a mark of its own.
    ids = list(marks)
    for start in range(0, len(ids), BATCH):
        StaleStanding.objects.filter(pk__in=ids[start : start + BATCH]).delete()
    if not plan.is_frozen:
        recompute_cells(plan=plan, federation_ids=sorted(set(marks.values())), now=now)
    return len(marks)


def lock_plan(plan_id: int) -> Plan:
    """Take the plan's fold lock. NO KEY: events that refer to the plan are not held up."""
    plans = Plan.objects.select_related("federation").select_for_update(no_key=True, of=("self",))
    return plans.get(pk=plan_id)


def recompute_cells(*, plan: Plan, federation_ids: list[int], now: datetime) -> None:
    paths, reaches = set(), audience_of(plan).reaches_team
    for start in range(0, len(federation_ids), BATCH):
        batch = federation_ids[start : start + BATCH]
        # A mark from before the plan or the team moved may lie outside: no cell of this plan.
        places = Federation.objects.below(plan.federation).filter(pk__in=batch)
        cells = {pk: (path, level) for pk, path, level in places.values_list("pk", "path", "level")}
        reached = [pk for pk, (path, level) in cells.items() if reaches(path=path, level=level)]
        figures = own_figures_of(plan, reached, now)
        write_own(plan, {pk: figures.get(pk, Figures()) for pk in cells}, now)
        paths.update(path for path, _level in cells.values())
    roll_up(plan, paths, now)
