"""Which question was shown last, where they come in order: what lies before it has passed."""

from quizzes.domain.attempts.answers_sql import SetAnswer
from quizzes.models import Attempt, AttemptState

# Older than any answer: whatever she writes there stands.
SHOWN = {"s": 0, "r": []}


def note_shown(*, attempt: Attempt, index: int) -> None:
    """The question at `index` (from 0) is being shown. Needs attempt.quiz.

    From now on the questions before it cannot be changed, if the quiz goes forward only: she could
    otherwise look ahead, and go back. Nothing is written where it was shown before.
    """
    if index == 0 or not attempt.quiz.is_sequential or last_place(attempt) >= index:
        return
    rows = Attempt.objects.filter(pk=attempt.pk, state=AttemptState.OPEN)
    rows.filter(**{f"answers__q{index:d}__isnull": True}).update(answers=SetAnswer(index, SHOWN))
    attempt.answers.setdefault(f"q{index}", dict(SHOWN))


def last_place(attempt: Attempt) -> int:
    """The highest place that was shown or answered; -1 while there is none."""
    return max((int(key[1:]) for key in attempt.answers), default=-1)


def is_saved(attempt: Attempt, index: int) -> bool:
    """Whether something was saved at `index`, an empty answer too, and not only shown."""
    return attempt.answers.get(f"q{index}", SHOWN)["s"] > SHOWN["s"]
