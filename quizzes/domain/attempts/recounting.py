"""Counting anew: what a member's attempts at a quiz come to, after one of them has changed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from learning.domain.progress import lock_progress_of, restate_scores
from quizzes.domain.attempts.kept import Counted, tell_history
from quizzes.models import Attempt, AttemptState, QuizPage

BATCH = 500


def recount(*, member_id: int, quiz: QuizPage, now: datetime) -> None:
    """Bring Progress, score steps and standings in line with her attempts at the quiz.

    Whoever changed an attempt calls this in the same transaction, after the change.
    """
    recount_many(quiz=quiz, member_ids=[member_id], now=now)


def recount_many(*, quiz: QuizPage, member_ids: Iterable[int], now: datetime) -> int:
    """Like `recount` for many members, in batches; returns how many records changed."""
    ids = sorted(set(member_ids))
    return sum(
        _recount_batch(quiz, ids[start : start + BATCH], now) for start in range(0, len(ids), BATCH)
    )


@transaction.atomic
def _recount_batch(quiz: QuizPage, member_ids: list[int], now: datetime) -> int:
    # Locked before the attempts are read: what commits meanwhile is either seen or waits.
    locked = lock_progress_of(member_ids=member_ids, page_id=quiz.pk, now=now)
    attempts = _counted_by_member(quiz, member_ids)
    histories = {pk: tell_history(attempts[pk], quiz.kept_score) for pk in member_ids}
    return restate_scores(page_id=quiz.pk, steps_by_member=histories, locked=locked, now=now)


def _counted_by_member(quiz: QuizPage, member_ids: list[int]) -> dict[int, list[Counted]]:
    attempts = defaultdict(list)
    rows = Attempt.objects.filter(quiz=quiz, member__in=member_ids, state=AttemptState.SUBMITTED)
    for member_id, *facts in rows.order_by("number").values_list(
        "member_id", "submitted_at", "number", "score_bp", "pass_mark"
    ):
        attempts[member_id].append(Counted(*facts))
    return attempts


def scores_so_far(attempt: Attempt) -> list[int]:
    """The scores of all her attempts at the quiz that count, by number."""
    rows = Attempt.objects.filter(
        quiz=attempt.quiz_id, member=attempt.member_id, state=AttemptState.SUBMITTED
    )
    scored = rows.filter(score_bp__isnull=False).order_by("number")
    return list(scored.values_list("score_bp", flat=True))
