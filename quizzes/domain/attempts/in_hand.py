"""Questions of exams that a member is writing: nowhere else may she see their keys meanwhile."""

from django.db.models import QuerySet

from quizzes.models import Attempt, AttemptState, QuestionVersion
from quizzes.modes import MODES

JUDGED_LATER = [key for key, mode in MODES.items() if not mode.checks_at_once]


def exam_in_hand(member_id: int, question_id: int) -> Attempt | None:
    """The open attempt, with its quiz, that keeps the question's key from her; two queries."""
    asked = set(QuestionVersion.objects.filter(question=question_id).values_list("pk", flat=True))
    writing = _writing(member_id).select_related("quiz")
    return next((each for each in writing if asked & {p["v"] for p in each.layout}), None)


def _writing(member_id: int) -> QuerySet[Attempt]:
    return Attempt.objects.filter(
        member_id=member_id, state=AttemptState.OPEN, mode__in=JUDGED_LATER
    )


def questions_in_hand(member_id: int) -> frozenset[int]:
    """Ids of the questions in her open attempts that are judged only after the hand-in.

    Whatever wording was asked: another version has the same key. One query, two while she writes.
    """
    layouts = _writing(member_id).values_list("layout", flat=True)
    asked = {place["v"] for layout in layouts for place in layout}
    if not asked:
        return frozenset()
    versions = QuestionVersion.objects.filter(pk__in=asked)
    return frozenset(versions.values_list("question_id", flat=True))
