"""Erasing a member's words from her attempts. Choices and marks stay: results count as before."""

from datetime import datetime

from members.models import Member
from quizzes.models import (
    Attempt,
    AttemptEvent,
    AttemptState,
    Favourite,
    ManualMark,
    QuestionNote,
    QuestionReport,
    QuestionVersion,
    QuizOverride,
    QuizStatistics,
    ReviewCard,
)
from quizzes.question_types.registry import get_type


def erase_quizzes(member: Member, now: datetime) -> None:
    for model in (ReviewCard, Favourite, QuestionNote, QuestionReport, QuizOverride):
        model.objects.filter(member=member).delete()
    attempts = Attempt.objects.select_for_update(no_key=True).filter(member=member)
    for attempt in attempts.order_by("pk"):
        _erase_words(attempt)
    # What people wrote about her answers.
    ManualMark.objects.filter(attempt__member=member).update(comment="")
    AttemptEvent.objects.filter(attempt__member=member).update(reason="")


def _erase_words(attempt: Attempt) -> None:
    typed = _typed_places(attempt)
    if attempt.is_open:
        # Nobody hands it in any more; the clock would.
        attempt.state, attempt.answers = AttemptState.VOIDED, {}
    elif not typed:
        return
    for key in typed & attempt.answers.keys():
        attempt.answers[key] = attempt.answers[key] | {"r": [], "x": 1}
    # Nobody can mark an answer that is gone.
    attempt.needs_marking = False
    attempt.save(update_fields=["answers", "state", "needs_marking"])
    # Its figures list what was typed; it is computed anew when somebody looks.
    QuizStatistics.objects.filter(quiz=attempt.quiz_id).delete()


def _typed_places(attempt: Attempt) -> set[str]:
    versions = {place["v"] for place in attempt.layout}
    types = dict(QuestionVersion.objects.filter(pk__in=versions).values_list("pk", "type"))
    return {
        f"q{index}"
        for index, place in enumerate(attempt.layout)
        if get_type(types[place["v"]]).is_typed
    }
