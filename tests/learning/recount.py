"""A plan recounted by the pure rules: plain Python over the raw rows, nothing of the SQL's."""

from collections import defaultdict
from datetime import datetime

from django.utils import timezone

from federations.models import Appointment
from learning.audience import audience_of
from learning.models import Plan, Progress, ScoreStep
from learning.rules.results import Item, Record, Result, judge_member


def judge_everybody(plan: Plan, now: datetime) -> dict[int, tuple[Appointment, Result]]:
    """By member id, everybody who is due: where she is counted, and what she has reached."""
    items = [
        Item(item.page_id, item.is_required, item.page.specific_class.is_scored)
        for item in plan.items.select_related("page__content_type")
    ]
    on = timezone.localdate(min(now, plan.cutoff_at) if plan.cutoff_at else now)
    audience = audience_of(plan)
    records = read_records(plan.cutoff_at)
    return {
        held.member_id: (
            held,
            judge_member(items=items, records=records[held.member_id], cutoff=plan.cutoff_at),
        )
        for held in Appointment.objects.select_related("federation")
        if held.is_counted
        and held.starts_on <= on
        and (held.ends_on is None or held.ends_on >= on)
        and audience.reaches(
            path=held.federation.path, level=held.federation.level, position=held.position
        )
    }


def read_records(cutoff: datetime | None) -> dict[int, list[Record]]:
    steps = defaultdict(list)
    for step in ScoreStep.objects.order_by("reached_at", "pk"):
        if cutoff is None or step.reached_at <= cutoff:
            steps[step.member_id, step.page_id].append(step.score_bp)
    records = defaultdict(list)
    for row in Progress.objects.all():
        reached = steps[row.member_id, row.page_id]
        records[row.member_id].append(
            Record(
                page_id=row.page_id,
                started_at=row.started_at,
                completed_at=row.completed_at,
                handed_in_at=row.handed_in_at,
                best_score_bp=reached[-1] if reached else None,
            )
        )
    return records


def add_up(everybody: dict[int, tuple[Appointment, Result]]) -> dict[str, tuple[int, ...]]:
    """(due, joined, completed, scored, score) of every subtree that has somebody, by tree path."""
    counts: dict[str, tuple[int, ...]] = {}
    for held, result in everybody.values():
        numbers = (
            1,
            int(result.has_joined),
            int(result.has_completed),
            int(result.score_bp is not None),
            result.score_bp or 0,
        )
        for path in held.federation.paths_down_to_here:
            before = counts.get(path, (0,) * 5)
            counts[path] = tuple(a + b for a, b in zip(before, numbers, strict=True))
    return counts
