"""Which attempts a computation counts."""

from django.db.models import Exists, OuterRef, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from quizzes.models import Attempt, AttemptState, QuizPage
from quizzes.models.pages import KeptScore


class AttemptChoice(TextChoices):
    """First attempts are the default: nobody has seen the questions yet, and nobody counts twice
    (Moodle's advice). Later ones say more about memory than about the questions.
    """

    FIRST = "first", _("每人第一次")
    KEPT = "kept", _("每人计入成绩的一次")
    ALL = "all", _("全部答卷")


# What makes another attempt of the same member the one to count.
_IS_EARLIER = Q(number__lt=OuterRef("number"))
_IS_LATER = Q(number__gt=OuterRef("number"))
_IS_BETTER = Q(score_bp__gt=OuterRef("score_bp")) | Q(score_bp=OuterRef("score_bp")) & _IS_EARLIER
_PREFERRED = {
    KeptScore.HIGHEST: _IS_BETTER,
    KeptScore.LATEST: _IS_LATER,
    KeptScore.FIRST: _IS_EARLIER,
    # A mean is nobody's attempt: all of them count.
    KeptScore.AVERAGE: None,
}


def choose_attempts(*, quiz: QuizPage, choice: str = AttemptChoice.FIRST):
    """Attempts of the quiz that were handed in and marked to the end, as a QuerySet.

    A member whose first attempt still waits for its marks is left out of the first ones.
    """
    handed_in = Attempt.objects.filter(quiz=quiz, state=AttemptState.SUBMITTED)
    marked = handed_in.filter(needs_marking=False, score_bp__isnull=False)
    if choice == AttemptChoice.FIRST:
        return _without_those_after(marked, handed_in, _IS_EARLIER)
    preferred = _PREFERRED[quiz.kept_score] if choice == AttemptChoice.KEPT else None
    return marked if preferred is None else _without_those_after(marked, marked, preferred)


def _without_those_after(attempts, others, is_preferred: Q):
    same_member = others.filter(is_preferred, member=OuterRef("member"))
    return attempts.filter(~Exists(same_member))
