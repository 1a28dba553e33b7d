"""Learning events: each writes Progress and marks what rests on it, in one transaction.

The caller may hold a transaction of its own; these functions join it. Repeating an event changes
nothing. Whoever writes scores takes the lock on Progress first, and only after the locks on rows
of its own (attempts): everybody in this order, so nobody waits in a circle.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from learning.domain.outcomes import mark_outcomes
from learning.domain.stale import mark_stale
from learning.models import Progress, ScoreStep
from members.models import Member

BATCH = 500


@dataclass(frozen=True)
class ScoreHistory:
    """What a member has reached with a scored page, told anew.

    `steps`: (moment, score in basis points) from when on each score counted, oldest first.
    """

    handed_in_at: datetime | None = None
    passed_at: datetime | None = None
    steps: tuple[tuple[datetime, int], ...] = ()

    @property
    def score_bp(self) -> int | None:
        """The score that counts now."""
        return self.steps[-1][1] if self.steps else None


def start_page(*, member: Member, page_id: int, now: datetime) -> None:
    """The member opened the page for the first time."""
    _start_rows([member.pk], page_id, now)


def start_pages(starts: Iterable[tuple[int, int, datetime]]) -> None:
    """(member's id, page's id, moment): many first openings in one statement."""
    Progress.objects.bulk_create(
        [
            Progress(member_id=member_id, page_id=page_id, started_at=at, updated_at=at)
            for member_id, page_id, at in starts
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )


@transaction.atomic
def complete_page(
    *, member: Member, page_id: int, now: datetime, seconds: int | None = None
) -> bool:
    """The member finished the page, `seconds` long; says whether that is new."""
    start_page(member=member, page_id=page_id, now=now)
    unfinished = Progress.objects.filter(member=member, page_id=page_id, completed_at=None)
    is_new = unfinished.update(completed_at=now, updated_at=now, seconds=seconds) == 1
    if is_new:
        _mark([member.pk], page_id, now)
    return is_new


@transaction.atomic
def record_score(
    *, member: Member, page_id: int, score_bp: int, has_passed: bool, now: datetime
) -> None:
    """The member handed in; the best score (basis points) counts."""
    progress = lock_progress(member_id=member.pk, page_id=page_id, now=now)
    best = max(score_bp, progress.best_score_bp or 0)
    record_hand_in(progress=progress, score_bp=best, has_passed=has_passed, now=now)


def lock_progress(*, member_id: int, page_id: int, now: datetime) -> Progress:
    """The member's row, locked until the transaction ends; made when there is none."""
    return lock_progress_of(member_ids=[member_id], page_id=page_id, now=now)[member_id]


def lock_progress_of(*, member_ids: list[int], page_id: int, now: datetime) -> dict[int, Progress]:
    """The members' rows by member id, locked in the order of the ids."""
    locked = _lock_rows(member_ids, page_id)
    if missing := set(member_ids) - locked.keys():
        _start_rows(sorted(missing), page_id, now)
        locked = _lock_rows(member_ids, page_id)
    return locked


def record_hand_in(
    *, progress: Progress, score_bp: int | None, has_passed: bool, now: datetime
) -> None:
    """She handed in, and `score_bp` counts from now on; None: nobody knows it yet.

    `progress` comes from lock_progress. What she once passed stays passed.
    """
    progress.handed_in_at = progress.handed_in_at or now
    progress.completed_at = progress.completed_at or now
    progress.passed_at = progress.passed_at or (now if has_passed else None)
    progress.updated_at = now
    if score_bp is not None and score_bp != progress.best_score_bp:
        progress.best_score_bp = score_bp
        ScoreStep.objects.create(
            member_id=progress.member_id,
            page_id=progress.page_id,
            score_bp=score_bp,
            reached_at=now,
        )
    progress.save(update_fields=REACHED)
    _mark([progress.member_id], progress.page_id, now)


REACHED = ["handed_in_at", "completed_at", "passed_at", "best_score_bp", "updated_at"]


def restate_scores(
    *,
    page_id: int,
    steps_by_member: dict[int, ScoreHistory],
    locked: dict[int, Progress],
    now: datetime,
) -> int:
    """Write the members' scores at the page anew, because what they rest on has changed.

    `locked` comes from lock_progress_of, taken before the histories were read. Handing in finishes
    the page, so without a hand-in nothing is finished either. Plans that are frozen keep what was
    frozen. Returns how many members' records changed.
    """
    kept = _kept_steps(page_id, list(steps_by_member))
    changed = [
        member_id
        for member_id, history in steps_by_member.items()
        if _reached(locked[member_id]) != _reached_by(history)
        or kept.get(member_id, ()) != history.steps
    ]
    for start in range(0, len(changed), BATCH):
        batch = {pk: steps_by_member[pk] for pk in changed[start : start + BATCH]}
        _rewrite(page_id, batch, locked, now)
    return len(changed)


def _rewrite(
    page_id: int, histories: dict[int, ScoreHistory], locked: dict[int, Progress], now: datetime
) -> None:
    rows = []
    for member_id, history in histories.items():
        facts = dict(zip(REACHED, (*_reached_by(history), now), strict=True))
        started_at = locked[member_id].started_at
        rows.append(Progress(member_id=member_id, page_id=page_id, started_at=started_at, **facts))
    Progress.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["member", "page"], update_fields=REACHED
    )
    ScoreStep.objects.filter(page_id=page_id, member_id__in=list(histories)).delete()
    ScoreStep.objects.bulk_create(
        ScoreStep(member_id=member_id, page_id=page_id, score_bp=score_bp, reached_at=reached_at)
        for member_id, history in histories.items()
        for reached_at, score_bp in history.steps
    )
    _mark(list(histories), page_id, now, every_plan=True)


def _mark(member_ids: list[int], page_id: int, now: datetime, *, every_plan: bool = False) -> None:
    mark_stale(member_ids=member_ids, page_ids=[page_id], now=now, every_plan=every_plan)
    mark_outcomes(member_ids=member_ids, now=now)


def _reached(progress: Progress) -> tuple:
    return (
        progress.handed_in_at,
        progress.completed_at,
        progress.passed_at,
        progress.best_score_bp,
    )


def _reached_by(history: ScoreHistory) -> tuple:
    return history.handed_in_at, history.handed_in_at, history.passed_at, history.score_bp


def _kept_steps(page_id: int, member_ids: list[int]) -> dict[int, tuple]:
    kept: dict[int, tuple] = {}
    rows = ScoreStep.objects.filter(page_id=page_id, member_id__in=member_ids)
    for member_id, *step in rows.order_by("reached_at", "pk").values_list(
        "member_id", "reached_at", "score_bp"
    ):
        kept[member_id] = (*kept.get(member_id, ()), tuple(step))
    return kept


def _start_rows(member_ids: list[int], page_id: int, now: datetime) -> None:
    start_pages((member_id, page_id, now) for member_id in member_ids)


def _lock_rows(member_ids: list[int], page_id: int) -> dict[int, Progress]:
    rows = Progress.objects.select_for_update(no_key=True).order_by("member_id")
    return {row.member_id: row for row in rows.filter(page_id=page_id, member_id__in=member_ids)}
