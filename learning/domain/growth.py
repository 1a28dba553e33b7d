"""A member's kapok grows with finished lessons and mastered questions, and never shrinks."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count

from learning.domain.page_types import LESSON, type_id
from learning.models import Growth, Progress
from learning.rules.growth import stage_of

FIELDS = ["lessons", "mastered", "stage", "reached_at"]
SLICE = 1000


def follow_growth(*, member_ids: list[int], now: datetime) -> None:
    """Count the members' lessons anew. A follower of learning.domain.outcomes."""
    for start in range(0, len(member_ids), SLICE):
        lessons = _count_lessons(member_ids[start : start + SLICE])
        _grow({pk: {"lessons": count} for pk, count in lessons.items()}, now)


@transaction.atomic
def note_mastered(*, member_id: int, total: int, now: datetime) -> None:
    """So many questions she has mastered by now."""
    _grow({member_id: {"mastered": total}}, now)


def _count_lessons(member_ids: list[int]) -> dict[int, int]:
    finished = Progress.objects.filter(
        member_id__in=member_ids,
        completed_at__isnull=False,
        page__content_type=type_id(LESSON),
    )
    counts = finished.order_by().values("member_id").annotate(count=Count("pk"))
    return dict(counts.values_list("member_id", "count"))


def _grow(counted: dict[int, dict[str, int]], now: datetime) -> None:
    """`counted`: by member id, the figures that were counted anew."""
    if not counted:
        return
    Growth.objects.bulk_create(
        [Growth(member_id=pk) for pk in sorted(counted)], ignore_conflicts=True
    )
    rows = Growth.objects.select_for_update(no_key=True).filter(member_id__in=counted)
    changed = [
        row for row in rows.order_by("member_id") if _raise(row, counted[row.member_id], now)
    ]
    Growth.objects.bulk_update(changed, FIELDS, batch_size=500)


def _raise(row: Growth, figures: dict[str, int], now: datetime) -> bool:
    """Whether the row has changed."""
    higher = {name: count for name, count in figures.items() if count > getattr(row, name)}
    for name, count in higher.items():
        setattr(row, name, count)
    stage = stage_of(lessons=row.lessons, mastered=row.mastered)
    if stage > row.stage:
        row.stage, row.reached_at = stage, now
    return bool(higher)
