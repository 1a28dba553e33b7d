"""A plan recounted by the pure rules: plain Python over the raw rows, nothing of the SQL's."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from federations.models import Appointment
from learning.audience import audience_of
from learning.models import LedgerEntry, Plan, PlanKind, Progress, ScoreStep
from learning.rules.results import Item, Record, Result, judge_member, judge_period


def judge_everybody(plan: Plan, now: datetime) -> dict[int, tuple[Appointment, Result]]:
    """By member id, everybody who is due: where she is counted, and what she has reached."""
    on = timezone.localdate(min(now, plan.cutoff_at) if plan.cutoff_at else now)
    audience = audience_of(plan)
    judge = _judge_by_window(plan) if plan.kind == PlanKind.PERIOD else _judge_by_items(plan)
    return {
        held.member_id: (held, judge(held.member_id))
        for held in Appointment.objects.select_related("federation")
        if held.is_counted
        and held.starts_on <= on
        and (held.ends_on is None or held.ends_on >= on)
        and audience.reaches(
            path=held.federation.path, level=held.federation.level, position=held.position
        )
    }


def _judge_by_items(plan: Plan) -> Callable[[int], Result]:
    items = [
        Item(item.page_id, item.is_required, item.page.specific_class.is_scored)
        for item in plan.items.select_related("page__content_type")
    ]
    records = read_records(plan.cutoff_at)
    return lambda pk: judge_member(items=items, records=records[pk], cutoff=plan.cutoff_at)


def _judge_by_window(plan: Plan) -> Callable[[int], Result]:
    records, entries = read_records(plan.cutoff_at), defaultdict(list)
    first, last = timezone.localdate(plan.opens_at), timezone.localdate(plan.cutoff_at)
    for entry in LedgerEntry.objects.all():
        if first <= entry.day <= last:
            entries[entry.member_id].append(entry)

    def judge(pk: int) -> Result:
        earned = [entry.occurred_at for entry in entries[pk] if entry.credit > 0]
        return judge_period(
            records=records[pk],
            begins=plan.opens_at,
            ends=plan.cutoff_at,
            credit=sum(entry.credit for entry in entries[pk]),
            credit_target=plan.credit_target,
            last_credit_at=max(earned, default=None),
        )

    return judge


def read_records(cutoff: datetime | None) -> dict[int, list[Record]]:
    steps, credit = defaultdict(list), defaultdict(int)
    for step in ScoreStep.objects.order_by("reached_at", "pk"):
        if cutoff is None or step.reached_at <= cutoff:
            steps[step.member_id, step.page_id].append(step.score_bp)
    for entry in LedgerEntry.objects.all():
        if cutoff is None or entry.occurred_at <= cutoff:
            credit[entry.member_id, entry.page_id] += entry.credit
    records = defaultdict(list)
    for row in Progress.objects.all():
        reached = steps[row.member_id, row.page_id]
        records[row.member_id].append(
            Record(
                page_id=row.page_id,
                started_at=row.started_at,
                completed_at=row.completed_at,
                handed_in_at=row.handed_in_at,
                passed_at=row.passed_at,
                best_score_bp=reached[-1] if reached else None,
                credit=credit[row.member_id, row.page_id],
            )
        )
    return records


def add_up(everybody: dict[int, tuple[Appointment, Result]]) -> dict[str, tuple[int, ...]]:
    """Figures, in the order of Standing's columns, of every subtree that has somebody, by path."""
    counts: dict[str, tuple[int, ...]] = {}
    for held, result in everybody.values():
        numbers = (
            1,
            int(result.has_joined),
            int(result.has_completed),
            int(result.score_bp is not None),
            result.score_bp or 0,
            int(result.has_passed),
            int(result.is_excellent),
            result.credit,
        )
        for path in held.federation.paths_down_to_here:
            before = counts.get(path, (0,) * len(numbers))
            counts[path] = tuple(a + b for a, b in zip(before, numbers, strict=True))
    return counts
