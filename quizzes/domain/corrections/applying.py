"""Applying a correction: slice by slice, each in one transaction, so that it can be stopped.

The correction is in force from its first moment on: what is handed in meanwhile is graded by it.
Every slice begins with the lock on the correction and goes on from its cursor, so a second runner
does the next slice, not the same one again.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from members.domain.audit import record
from members.models import Action
from quizzes.domain.attempts.recounting import recount_many
from quizzes.domain.bank import lock_bank, lock_question
from quizzes.domain.corrections.drafting import refuse_while_another_applies
from quizzes.domain.corrections.errors import CorrectionRefused
from quizzes.domain.corrections.finding import SLICE, attempts_asked, first_and_last
from quizzes.domain.corrections.outcomes import Outcome, judge_anew
from quizzes.domain.corrections.replacing import put_cards_away, replace_question
from quizzes.domain.corrections.summary import count_effects
from quizzes.domain.corrections.telling import tell_members
from quizzes.domain.corrections.writing import write_results
from quizzes.domain.mistakes.taking_back import retire_cards
from quizzes.models import (
    AttemptEvent,
    AttemptEventKind,
    Correction,
    CorrectionEffect,
    CorrectionState,
)

Progress = Callable[[int, int], None]


def apply(*, correction: Correction, report: Progress, now: datetime) -> Correction:
    """Regrade every attempt that holds the version; or go on where a stopped run ended.

    Raises CorrectionRefused before the first trial, after it was applied, and while another
    correction of the question is being applied.
    """
    correction = _begin(correction.pk, now)
    first, last = first_and_last(correction.version)
    while (cursor := _apply_slice(correction.pk, first, last, now)) < last:
        report(cursor - first, last - first)
    put_cards_away(correction=correction, now=now)
    return _finish(correction.pk)


@transaction.atomic
def _begin(pk: int, now: datetime) -> Correction:
    version = Correction.objects.select_related("version__question__bank").get(pk=pk).version
    # The order in which questions are filed: bank, then question.
    lock_bank(version.question.bank)
    question = lock_question(version.question_id)
    correction = Correction.objects.select_for_update().get(pk=pk)
    if correction.state == CorrectionState.APPLYING:
        return correction
    refuse_while_another_applies(version, but=pk)
    if correction.state == CorrectionState.APPLIED:
        raise CorrectionRefused(_("这个更正已经完成了。"))
    if correction.state != CorrectionState.PREVIEWED:
        raise CorrectionRefused(_("请先试算，看看会影响谁，再更正。"))
    correction.state, correction.applied_at, correction.cursor = CorrectionState.APPLYING, now, 0
    correction.summary = {"attempts": 0, "kept": 0}
    correction.save(update_fields=["state", "applied_at", "cursor", "summary"])
    correction.effects.all().delete()
    replace_question(question=question, correction=correction)
    record(action=Action.SCORE_CHANGED, by=correction.created_by, subject=correction)
    log(
        question, "quizzes.correction.apply", user=correction.created_by, data=_describe(correction)
    )
    return correction


def _describe(correction: Correction) -> dict:
    return {"correction": correction.pk, "is_void": correction.is_void, "reason": correction.reason}


@transaction.atomic
def _apply_slice(pk: int, first: int, last: int, now: datetime) -> int:
    """Do the slice behind the cursor; returns the new one."""
    rows = Correction.objects.select_for_update(of=("self",)).select_related("version")
    correction = rows.get(pk=pk)
    if correction.state != CorrectionState.APPLYING:
        return last
    start = max(first, correction.cursor + 1)
    end = min(last, start + SLICE - 1)
    # An attempt that is being handed in holds its lock: after the wait its marks are there.
    attempts = attempts_asked(correction.version).filter(pk__gte=start, pk__lte=end)
    locked = (
        # A quiz is wide, and thousands of attempts share it: it is read once.
        attempts.select_for_update(no_key=True).prefetch_related("quiz").order_by("pk")
    )
    outcomes = list(judge_anew(locked, correction))
    _keep([each for each in outcomes if each.is_changed], correction, now)
    correction.summary["attempts"] += len(outcomes)
    correction.summary["kept"] += sum(each.is_kept for each in outcomes)
    correction.cursor = end
    correction.save(update_fields=["cursor", "summary"])
    return end


def _keep(changed: list[Outcome], correction: Correction, now: datetime) -> None:
    if not changed:
        return
    AttemptEvent.objects.bulk_create(_describe_event(each, correction, now) for each in changed)
    tell_members(outcomes=changed, correction=correction, now=now)
    CorrectionEffect.objects.bulk_create(
        each.as_effect(correction) for each in changed if each.changes_result
    )
    write_results(changed)
    retire_cards(
        question_id=correction.version.question_id,
        put_right=[each.attempt for each in changed if each.puts_right(correction.version_id)],
        now=now,
    )
    attempts = [outcome.attempt for outcome in changed]
    # In order of the ids: two slices that recount the same quizzes never wait in a circle.
    for quiz in sorted({attempt.quiz for attempt in attempts}, key=lambda quiz: quiz.pk):
        members = {attempt.member_id for attempt in attempts if attempt.quiz_id == quiz.pk}
        recount_many(quiz=quiz, member_ids=sorted(members), now=now)


def _describe_event(outcome: Outcome, correction: Correction, now: datetime) -> AttemptEvent:
    before, after = outcome.attempt, outcome.after
    return AttemptEvent(
        attempt=before,
        kind=AttemptEventKind.CORRECTED,
        at=now,
        by_id=correction.created_by_id,
        reason=correction.reason[:200],
        data={
            "correction": correction.pk,
            "score_bp": [before.score_bp, after["score_bp"]],
            "has_passed": [before.has_passed, after["has_passed"]],
        },
    )


@transaction.atomic
def _finish(pk: int) -> Correction:
    correction = Correction.objects.select_for_update().get(pk=pk)
    correction.summary |= count_effects(correction)
    correction.state = CorrectionState.APPLIED
    correction.save(update_fields=["summary", "state"])
    return correction
