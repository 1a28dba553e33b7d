"""What two accounts of one person have watched becomes one record.

The budget stays `kept`'s own: two together would credit the same hour twice.
"""

from datetime import datetime

from courses.intervals import merge, total
from courses.models import WatchRecord
from federations.domain.merging import move_rows


def merge_watching(kept: int, gone: int, now: datetime) -> None:
    rows = WatchRecord.objects.select_for_update(no_key=True).filter(member__in=[kept, gone])
    by_lesson: dict[int, dict[int, WatchRecord]] = {}
    for row in rows.order_by("lesson_id", "member_id"):
        by_lesson.setdefault(row.lesson_id, {})[row.member_id] = row
    for pair in by_lesson.values():
        if len(pair) == 2:
            _join(pair[kept], pair[gone])
    move_rows(WatchRecord.objects, kept=kept, gone=gone)


def _join(own: WatchRecord, other: WatchRecord) -> None:
    """Intervals of one recording are added; of two the later one is what she is at."""
    if own.version == other.version:
        own.intervals = merge([*own.intervals, *other.intervals])
        own.watched = total(own.intervals)
    elif other.updated_at > own.updated_at:
        for name in ("version", "intervals", "watched", "position"):
            setattr(own, name, getattr(other, name))
    own.save()
    other.delete()
