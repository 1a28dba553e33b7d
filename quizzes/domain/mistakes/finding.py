"""Which questions of a handed-in attempt were missed."""

from quizzes.grading import State
from quizzes.models import Attempt
from quizzes.modes import get_mode

MISSES = {State.WRONG, State.PARTIAL, State.UNANSWERED}


def missed_versions(attempt: Attempt) -> list[int]:
    """Version ids, in the order of the attempt."""
    marked = zip(attempt.layout, attempt.marks, strict=False)
    return [
        place["v"]
        for index, (place, (_fraction, state)) in enumerate(marked)
        if state in MISSES and _was_asked(attempt, index)
    ]


def _was_asked(attempt: Attempt, index: int) -> bool:
    """Where the first miss ends the attempt, only what was judged at once has been asked."""
    is_judged = "c" in attempt.answers.get(f"q{index}", {})
    return is_judged or not get_mode(attempt.mode).ends_on_miss
