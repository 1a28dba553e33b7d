"""Marking by people: when the last mark is there, the attempt has its score."""

from datetime import datetime

from django.db import transaction

from quizzes.domain.attempts.grading import grade_places, regrade, result_of
from quizzes.domain.attempts.locking import lock_attempt
from quizzes.domain.attempts.recounting import recount
from quizzes.grading import Grade, State
from quizzes.models import Attempt, AttemptEvent, AttemptEventKind


@transaction.atomic
def settle_marks(*, attempt_id: int, now: datetime) -> Attempt:
    """Regrade a handed-in attempt after its ManualMarks have changed.

    When nothing is pending any more its score counts, from the moment it was handed in. An attempt
    that is not handed in stays as it is. Raises AttemptNotFound.
    """
    attempt = lock_attempt(attempt_id)
    if not attempt.is_submitted:
        return attempt
    before = [attempt.score_bp, attempt.has_passed]
    changes = result_of(attempt, _grade_what_people_judge(attempt))
    for column, value in changes.items():
        setattr(attempt, column, value)
    attempt.save(update_fields=list(changes))
    after = [attempt.score_bp, attempt.has_passed]
    if before != after:
        AttemptEvent.objects.create(
            attempt=attempt,
            kind=AttemptEventKind.MARKED,
            at=now,
            data={"score_bp": [before[0], after[0]], "has_passed": [before[1], after[1]]},
        )
        recount(member_id=attempt.member_id, quiz=attempt.quiz, now=now)
    return attempt


def _grade_what_people_judge(attempt: Attempt) -> list[Grade]:
    judged = set(attempt.manual_marks.values_list("place", flat=True))
    pending = {i for i, (_share, state) in enumerate(attempt.marks) if state == State.PENDING}
    return regrade(attempt, grade_places(attempt), judged | pending)
