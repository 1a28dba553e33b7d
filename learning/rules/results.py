"""What one member has reached in a plan. The standings' SQL says the same for a whole team."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

# With a mean score of 90 or more, who has passed is excellent.
EXCELLENT_BP = 9000


@dataclass(frozen=True)
class Item:
    page_id: int
    is_required: bool
    is_scored: bool


@dataclass(frozen=True)
class Record:
    """A member's progress with one page; None where a thing has not happened.

    `best_score_bp` is the best until the cut-off, in basis points; `credit` what the page earned
    until then, in hundredths of a 学时.
    """

    page_id: int
    completed_at: datetime | None = None
    handed_in_at: datetime | None = None
    best_score_bp: int | None = None
    started_at: datetime | None = None
    passed_at: datetime | None = None
    credit: int = 0


@dataclass(frozen=True)
class Result:
    """`done` counts finished required items; `active_at` is the last start or end of an item.

    `joined_at` is the moment that made her a participant, `completed_at` that of the last required
    item, `passed_at` that of the last quiz she had to pass; None where that has not come.
    """

    has_joined: bool
    has_completed: bool
    score_bp: int | None
    done: int = 0
    active_at: datetime | None = None
    has_passed: bool = False
    is_excellent: bool = False
    credit: int = 0
    joined_at: datetime | None = None
    completed_at: datetime | None = None
    passed_at: datetime | None = None


def to_pass(items: Iterable[Item]) -> set[int]:
    """Pages that must be passed: the required quizzes, or every quiz where none is required."""
    quizzes = [item for item in items if item.is_scored]
    return {q.page_id for q in quizzes if q.is_required} or {q.page_id for q in quizzes}


def judge_member(
    *, items: Iterable[Item], records: Iterable[Record], cutoff: datetime | None
) -> Result:
    """Joined: handed in at least once (finished something, where the plan has no quiz).

    Completed: every required item finished. Score: mean of the best scores, in basis points,
    rounded half up. Passed: every quiz of `to_pass`; excellent: with a score of EXCELLENT_BP.
    What happens after the cut-off does not count; what was finished before the plan opened does.
    """
    items = list(items)
    pages = {item.page_id for item in items}
    required = {item.page_id for item in items if item.is_required}
    mine = [record for record in records if record.page_id in pages]
    has_quiz = any(item.is_scored for item in items)
    begun = _moments(mine, "handed_in_at" if has_quiz else "completed_at", pages, cutoff)
    finished = _moments(mine, "completed_at", required, cutoff)
    passed = _moments(mine, "passed_at", to_pass(items), cutoff)
    has_completed = bool(required) and required == finished.keys()
    has_passed = bool(begun) and bool(passed) and to_pass(items) == passed.keys()
    score_bp = mean_score(r.best_score_bp for r in mine if in_time(r.handed_in_at, cutoff))
    return Result(
        has_joined=bool(begun),
        has_completed=has_completed,
        score_bp=score_bp,
        done=len(finished),
        active_at=max(filter(None, (_last_news(record, cutoff) for record in mine)), default=None),
        has_passed=has_passed,
        is_excellent=has_passed and (score_bp or 0) >= EXCELLENT_BP,
        credit=sum(record.credit for record in mine),
        joined_at=min(begun.values(), default=None),
        completed_at=max(finished.values()) if has_completed else None,
        passed_at=max(passed.values()) if has_passed else None,
    )


def judge_period(
    *,
    records: Iterable[Record],
    begins: datetime,
    ends: datetime,
    credit: int,
    credit_target: int,
    last_credit_at: datetime | None = None,
) -> Result:
    """What she has reached from `begins` until `ends`, both included, with whatever page it was.

    `records` carry scores as of `ends`; `credit`, in hundredths of a 学时, is the ledger's of the
    period's days, `last_credit_at` when the last of it was earned.

    Joined: finished or first handed in something. Completed: earned the target. Score and pass
    are of the pages that were first handed in within the period; all of them must be passed.
    `done` counts pages finished.
    """

    def within(moment: datetime | None) -> datetime | None:
        return moment if moment is not None and begins <= moment <= ends else None

    records = list(records)
    begun = [within(r.completed_at) or within(r.handed_in_at) for r in records]
    news = [at or within(r.started_at) for at, r in zip(begun, records, strict=True)]
    handed_in = [r for r in records if within(r.handed_in_at)]
    passes = [r.passed_at for r in handed_in if in_time(r.passed_at, ends)]
    has_passed = bool(handed_in) and len(passes) == len(handed_in)
    score_bp = mean_score(r.best_score_bp for r in handed_in)
    has_completed = credit >= credit_target
    return Result(
        has_joined=any(begun),
        has_completed=has_completed,
        score_bp=score_bp,
        done=sum(within(r.completed_at) is not None for r in records),
        active_at=max(filter(None, news), default=None),
        has_passed=has_passed,
        is_excellent=has_passed and (score_bp or 0) >= EXCELLENT_BP,
        credit=credit,
        joined_at=min(filter(None, begun), default=None),
        completed_at=last_credit_at if has_completed else None,
        passed_at=max(passes) if has_passed else None,
    )


def mean_score(scores: Iterable[int | None]) -> int | None:
    """Mean of the known scores, in basis points, rounded half up."""
    known = [score for score in scores if score is not None]
    return (2 * sum(known) + len(known)) // (2 * len(known)) if known else None


def _moments(
    records: Iterable[Record], name: str, pages: set[int], cutoff: datetime | None
) -> dict[int, datetime]:
    """When the thing called `name` happened in time, by page, of those in `pages`."""
    found = ((record.page_id, getattr(record, name)) for record in records)
    return {page: at for page, at in found if page in pages and in_time(at, cutoff)}


def _last_news(record: Record, cutoff: datetime | None) -> datetime | None:
    """When she finished the page, else when she began it."""
    moments = (record.completed_at, record.started_at)
    return next((moment for moment in moments if in_time(moment, cutoff)), None)


def in_time(moment: datetime | None, cutoff: datetime | None) -> bool:
    return moment is not None and (cutoff is None or moment <= cutoff)
