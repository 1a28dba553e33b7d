"""An attempt's life: start, save answers, hand in. Only the server's clock counts."""

from quizzes.domain.attempts.errors import AttemptNotFound, AttemptRefused
from quizzes.domain.attempts.saving import SaveOutcome, SaveResult, save_answer
from quizzes.domain.attempts.starting import count_attempts, find_obstacle, start_attempt
from quizzes.domain.attempts.submitting import close_expired_attempts, submit_attempt

__all__ = [
    "AttemptNotFound",
    "AttemptRefused",
    "SaveOutcome",
    "SaveResult",
    "close_expired_attempts",
    "count_attempts",
    "find_obstacle",
    "save_answer",
    "start_attempt",
    "submit_attempt",
]
