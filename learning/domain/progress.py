"""Learning events: each writes Progress and marks the standings stale, in one transaction.

The caller may hold a transaction of its own; these functions join it. Repeating an event changes
nothing.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from federations.models import Appointment
from learning.models import Plan, PlanItem, Progress, ScoreRise, StaleStanding
from members.models import Member


def start_page(*, member: Member, page_id: int, now: datetime) -> None:
    """The member opened the page for the first time."""
    Progress.objects.bulk_create(
        [Progress(member=member, page_id=page_id, started_at=now, updated_at=now)],
        ignore_conflicts=True,
    )


@transaction.atomic
def complete_page(*, member: Member, page_id: int, now: datetime) -> bool:
    """The member finished the page; says whether that is new."""
    start_page(member=member, page_id=page_id, now=now)
    unfinished = Progress.objects.filter(member=member, page_id=page_id, completed_at=None)
    is_new = unfinished.update(completed_at=now, updated_at=now) == 1
    if is_new:
        mark_stale(member=member, page_id=page_id, now=now)
    return is_new


@transaction.atomic
def record_score(
    *, member: Member, page_id: int, score_bp: int, has_passed: bool, now: datetime
) -> None:
    """The member handed in; her best score (basis points) only ever rises."""
    start_page(member=member, page_id=page_id, now=now)
    progress = Progress.objects.filter(member=member, page_id=page_id)
    progress.update(
        handed_in_at=Coalesce(F("handed_in_at"), Value(now)),
        completed_at=Coalesce(F("completed_at"), Value(now)),
        passed_at=Coalesce(F("passed_at"), Value(now)) if has_passed else F("passed_at"),
        updated_at=now,
    )
    is_better = Q(best_score_bp=None) | Q(best_score_bp__lt=score_bp)
    if progress.filter(is_better).update(best_score_bp=score_bp):
        ScoreRise.objects.create(member=member, page_id=page_id, score_bp=score_bp, reached_at=now)
    mark_stale(member=member, page_id=page_id, now=now)


def mark_stale(*, member: Member, page_id: int, now: datetime) -> None:
    """Mark the member's cell in every plan that holds the page and still counts."""
    appointment = counted_on(member, now)
    if appointment is None:
        return
    items = PlanItem.objects.filter(page_id=page_id, plan__in=Plan.objects.counting(now))
    # The plan reaches down: its federation's path begins the member's own.
    above = appointment.federation.paths_down_to_here
    plan_ids = items.filter(plan__federation__path__in=above).values_list("plan_id", flat=True)
    StaleStanding.objects.bulk_create(
        StaleStanding(plan_id=plan_id, federation_id=appointment.federation_id)
        for plan_id in plan_ids
    )


def counted_on(member: Member, now: datetime) -> Appointment | None:
    counted = member.appointments.counted().in_force(localdate(now))
    return counted.select_related("federation").first()
