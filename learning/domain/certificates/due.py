"""Whom a plan concerns, for certificates: the one place to ask."""

from collections.abc import Collection
from datetime import datetime

from django.utils.timezone import localdate

from federations.models import Appointment
from federations.scope import within_paths
from learning.models import Plan


def members_due(*, plan: Plan, member_ids: Collection[int], now: datetime) -> set[int]:
    """Of these, the members who are due in the plan: counted in its subtree at its cut-off, or
    today while it is open."""
    moment = min(now, plan.cutoff_at) if plan.cutoff_at else now
    counted = Appointment.objects.counted().in_force(localdate(moment))
    here = counted.filter(within_paths("federation__path", [plan.federation.path]))
    return set(here.filter(member__in=member_ids).values_list("member_id", flat=True))
