"""Judging one answer at once, in modes that do so: it is locked from then on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from members.models import Member
from quizzes.domain.attempts.errors import AttemptRefused
from quizzes.domain.attempts.grading import grade_response, is_miss, standins_of
from quizzes.domain.attempts.in_hand import questions_in_hand
from quizzes.domain.attempts.locking import lock_attempt
from quizzes.domain.attempts.saving import (
    SaveOutcome,
    SaveResult,
    holds_anything,
    judge_save,
    make_entry,
)
from quizzes.domain.attempts.submitting import hand_in
from quizzes.grading import Grade
from quizzes.models import Attempt, QuestionVersion
from quizzes.modes import Mode, get_mode


@dataclass(frozen=True)
class CheckResult:
    """`grade` is None where nothing was judged; `is_over`: the attempt is handed in.

    `obstacle`: why an answer was not judged, in Chinese; an empty one is not even kept.
    """

    save: SaveResult
    grade: Grade | None
    is_over: bool
    obstacle: str = ""


@transaction.atomic
def check_answer(
    *,
    attempt_id: int,
    member: Member,
    index: int,
    values: Sequence[str],
    sequence: int,
    now: datetime,
) -> CheckResult:
    """Save the answer to the question at `index` (from 0), judge it and lock it.

    An answer that was checked before keeps its grade, whatever is sent later. Where a miss ends
    the attempt, the questions are checked in their order; a miss, and the last one, hand it in.
    What stands in an exam that she is writing is saved and not judged: it would tell her the key.
    Raises AttemptNotFound, and AttemptRefused in modes that judge after the hand-in.
    """
    attempt = lock_attempt(attempt_id, member=member)
    mode = get_mode(attempt.mode)
    if not mode.checks_at_once:
        raise AttemptRefused(_("这份测验交卷后才判题。"))
    if attempt.is_open and not holds_anything(values):
        obstacle = _("先选好或写好答案，再看答案。")
        return CheckResult(SaveResult(SaveOutcome.SAVED), None, False, obstacle)
    entry = make_entry(values, sequence, now)
    save = _judge(attempt, mode, index, entry, now)
    if save.outcome is SaveOutcome.EXPIRED:
        hand_in(attempt, now)
    if save.outcome not in (SaveOutcome.SAVED, SaveOutcome.CHECKED):
        return CheckResult(save, None, not attempt.is_open)
    is_held = _is_in_hand(attempt, index)
    if save.is_saved:
        attempt.answers[f"q{index}"] = entry if is_held else entry | {"c": 1}
        attempt.save(update_fields=["answers"])
    if is_held:
        obstacle = _("这道题正在你没交的考试里，交卷后再来看答案。你的答案已经存好。")
        return CheckResult(save, None, not attempt.is_open, obstacle)
    grade = _grade(attempt, index)
    if mode.ends_on_miss and (is_miss(grade) or _next_place(attempt) == attempt.question_count):
        hand_in(attempt, now)
    return CheckResult(save, grade, not attempt.is_open)


def _judge(attempt: Attempt, mode: Mode, index: int, entry: dict, now: datetime) -> SaveResult:
    save = judge_save(attempt, index, entry, now)
    if save.is_saved and mode.ends_on_miss and index != _next_place(attempt):
        # She has not come to this rung yet.
        return SaveResult(SaveOutcome.NO_SUCH_QUESTION)
    return save


def _next_place(attempt: Attempt) -> int:
    """The first place that is not checked."""
    places = range(attempt.question_count)
    return next(
        (index for index in places if "c" not in attempt.answers.get(f"q{index}", {})),
        attempt.question_count,
    )


def _is_in_hand(attempt: Attempt, index: int) -> bool:
    held = questions_in_hand(attempt.member_id)
    asked = QuestionVersion.objects.filter(pk=attempt.layout[index]["v"], question__in=held)
    return bool(held) and asked.exists()


def _grade(attempt: Attempt, index: int) -> Grade:
    pk = attempt.layout[index]["v"]
    version = QuestionVersion.objects.get(pk=pk)
    answer = attempt.answers[f"q{index}"]
    return grade_response(version, answer, standin=standins_of([pk]).get(pk))
