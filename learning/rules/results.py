"""What one member has reached in a plan. The standings' SQL says the same for a whole team."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Item:
    page_id: int
    is_required: bool
    is_scored: bool


@dataclass(frozen=True)
class Record:
    """A member's progress with one page; None where a thing has not happened.

    `best_score_bp` is the best until the cut-off, in basis points.
    """

    page_id: int
    completed_at: datetime | None = None
    handed_in_at: datetime | None = None
    best_score_bp: int | None = None
    started_at: datetime | None = None


@dataclass(frozen=True)
class Result:
    """`done` counts finished required items; `active_at` is the last start or end of an item."""

    has_joined: bool
    has_completed: bool
    score_bp: int | None
    done: int = 0
    active_at: datetime | None = None


def judge_member(
    *, items: Iterable[Item], records: Iterable[Record], cutoff: datetime | None
) -> Result:
    """Joined: handed in at least once (finished something, where the plan has no quiz).

    Completed: every required item finished. Score: mean of the best scores, in basis points,
    rounded half up. What happens after the cut-off does not count; what was finished before the
    plan opened does.
    """
    items = list(items)
    by_page = {item.page_id: item for item in items}
    mine = [record for record in records if record.page_id in by_page]
    has_quiz = any(item.is_scored for item in items)
    moments = [r.handed_in_at if has_quiz else r.completed_at for r in mine]
    finished = {r.page_id for r in mine if in_time(r.completed_at, cutoff)}
    required = {item.page_id for item in items if item.is_required}
    scores = [
        r.best_score_bp
        for r in mine
        if r.best_score_bp is not None and in_time(r.handed_in_at, cutoff)
    ]
    return Result(
        has_joined=any(in_time(moment, cutoff) for moment in moments),
        has_completed=bool(required) and required <= finished,
        score_bp=(2 * sum(scores) + len(scores)) // (2 * len(scores)) if scores else None,
        done=len(required & finished),
        active_at=max(filter(None, (_last_news(record, cutoff) for record in mine)), default=None),
    )


def _last_news(record: Record, cutoff: datetime | None) -> datetime | None:
    """When she finished the page, else when she began it."""
    moments = (record.completed_at, record.started_at)
    return next((moment for moment in moments if in_time(moment, cutoff)), None)


def in_time(moment: datetime | None, cutoff: datetime | None) -> bool:
    return moment is not None and (cutoff is None or moment <= cutoff)
