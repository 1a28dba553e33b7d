"""People's marks for answers that no rule can judge."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from members.models import Member
from quizzes.domain.attempts import settle_marks
from quizzes.grading.marks import GivenMark, Turn, find_turn
from quizzes.models import Attempt, AttemptState, ManualMark, QuestionVersion
from quizzes.question_types.registry import get_type


class MarkRefused(Exception):
    """The mark is not taken; the message says why, in Chinese."""


@transaction.atomic
def give_mark(
    *,
    attempt_id: int,
    place: int,
    part: int = 0,
    marker: Member,
    percent: int,
    rubric: Sequence[int] = (),
    comment: str = "",
    now: datetime,
) -> ManualMark:
    """Keep one marker's mark, and the attempt's score once nothing waits any more.

    `percent` is of the answer's points, `rubric` the points per line. A mark is final when it
    settles two others. Raises MarkRefused when it is not hers to give, or no longer.
    """
    attempt = _lock(attempt_id)
    _check_answer(attempt, place, part, marker)
    turn = turn_of(attempt, place, part, marker)
    if turn is Turn.DONE:
        raise MarkRefused(_("别的阅卷人刚刚评完了这一份，您的评分没有保存，请看下一份。"))
    mark, _is_new = ManualMark.objects.update_or_create(
        attempt=attempt,
        place=place,
        part=part,
        marker=marker,
        defaults={
            "percent": percent,
            "rubric": list(rubric),
            "comment": comment,
            "is_final": turn is Turn.SETTLE,
            "marked_at": now,
        },
    )
    settle_marks(attempt_id=attempt.pk, now=now)
    return mark


def turn_of(attempt: Attempt, place: int, part: int, marker: Member) -> Turn:
    marks = attempt.manual_marks.filter(place=place, part=part).order_by("pk")
    given = [GivenMark(mark.marker_id, mark.percent, mark.is_final) for mark in marks]
    return find_turn(given, marker=marker.pk, needs_two=attempt.quiz.second_marking)


def _lock(attempt_id: int) -> Attempt:
    """Two markers at once: the second sees the first one's mark."""
    attempts = Attempt.objects.select_for_update(of=("self",)).select_related("quiz")
    attempt = attempts.filter(pk=attempt_id).first()
    if attempt is None or attempt.state != AttemptState.SUBMITTED or not attempt.needs_marking:
        raise MarkRefused(_("这份答卷已经不用阅卷了，您的评分没有保存，请看下一份。"))
    return attempt


def _check_answer(attempt: Attempt, place: int, part: int, marker: Member) -> None:
    if attempt.member_id == marker.pk:
        raise MarkRefused(_("这是您自己的答卷，请让别的同事来评。"))
    if place >= attempt.question_count or part not in _parts_to_mark(attempt, place):
        raise MarkRefused(_("这道题不用人工评分，请看下一份。"))


def _parts_to_mark(attempt: Attempt, place: int) -> tuple[int, ...]:
    version = QuestionVersion.objects.get(pk=attempt.layout[place]["v"])
    question_type = get_type(version.type)
    spec = question_type.from_data(version.data)
    values = attempt.answers.get(f"q{place}", {}).get("r", [])
    return question_type.parts_to_mark(spec, question_type.read_response(values, spec))
