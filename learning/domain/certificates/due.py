"""Whom a plan concerns, for certificates."""

from collections.abc import Collection
from datetime import datetime

from django.utils.timezone import localdate

from learning.audience import due_in
from learning.models import Plan, PlanRosterEntry


def members_due(*, plan: Plan, member_ids: Collection[int], now: datetime) -> set[int]:
    """Of these, the members who are due in the plan: by its roster once that is frozen."""
    if plan.is_frozen:
        roster = PlanRosterEntry.objects.filter(plan=plan, member__in=member_ids)
        return set(roster.values_list("member_id", flat=True))
    moment = min(now, plan.cutoff_at) if plan.cutoff_at else now
    due = due_in(plan, localdate(moment)).filter(member__in=member_ids)
    return set(due.values_list("member_id", flat=True))
