"""At the cut-off, roster and figures of a plan are frozen for good."""

from datetime import datetime

from django.db import transaction

from learning.domain.standings.fold import lock_plan
from learning.domain.standings.rebuild import rebuild_standings
from learning.models import Plan, StaleStanding


def freeze_due_plans(*, now: datetime) -> int:
    """Freeze every plan whose cut-off, and the time for late closing, have passed; how many."""
    due = list(Plan.objects.due_for_freezing(now).values_list("pk", flat=True))
    for plan_id in due:
        freeze_plan(plan_id=plan_id, now=now)
    return len(due)


@transaction.atomic
def freeze_plan(*, plan_id: int, now: datetime) -> None:
    """One last recount as of the cut-off; then nothing changes the rows any more."""
    plan = lock_plan(plan_id)
    if not Plan.objects.due_for_freezing(now).filter(pk=plan_id).exists():
        # Frozen already, or put off while this waited for the lock.
        return
    rebuild_standings(plan_id=plan_id, now=now)
    StaleStanding.objects.filter(plan_id=plan_id).delete()
    plan.frozen_at = now
    plan.save(update_fields=["frozen_at"])
