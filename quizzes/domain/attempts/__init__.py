"""An attempt's life: start, save, check, hand in, see. Only the server's clock counts."""

from quizzes.domain.attempts.checking import CheckResult, check_answer
from quizzes.domain.attempts.errors import AttemptNotFound, AttemptRefused
from quizzes.domain.attempts.grading import (
    StandIn,
    grade_attempt,
    grade_response,
    score_in_bp,
    standins_of,
)
from quizzes.domain.attempts.limits import deadline_for, deadline_reason, limit_warning
from quizzes.domain.attempts.locking import read_attempt
from quizzes.domain.attempts.marking import settle_marks
from quizzes.domain.attempts.obstacles import count_attempts, find_obstacle, needs_password
from quizzes.domain.attempts.recounting import recount, recount_many
from quizzes.domain.attempts.reviewing import review_obstacle, review_parts
from quizzes.domain.attempts.rules import EffectiveRules, rules_for, rules_for_many
from quizzes.domain.attempts.saving import (
    GivenAnswer,
    SaveOutcome,
    SaveResult,
    save_answer,
    save_answers,
)
from quizzes.domain.attempts.serving import is_saved, note_shown
from quizzes.domain.attempts.staff import extend_attempt, reopen_attempt, void_attempt
from quizzes.domain.attempts.starting import start_attempt
from quizzes.domain.attempts.submitting import (
    close_expired_attempts,
    close_if_expired,
    submit_attempt,
)

__all__ = [
    "AttemptNotFound",
    "AttemptRefused",
    "CheckResult",
    "EffectiveRules",
    "GivenAnswer",
    "SaveOutcome",
    "SaveResult",
    "StandIn",
    "check_answer",
    "close_expired_attempts",
    "close_if_expired",
    "count_attempts",
    "deadline_for",
    "deadline_reason",
    "extend_attempt",
    "find_obstacle",
    "grade_attempt",
    "grade_response",
    "is_saved",
    "limit_warning",
    "needs_password",
    "note_shown",
    "read_attempt",
    "recount",
    "recount_many",
    "reopen_attempt",
    "review_obstacle",
    "review_parts",
    "rules_for",
    "rules_for_many",
    "save_answer",
    "save_answers",
    "score_in_bp",
    "settle_marks",
    "standins_of",
    "start_attempt",
    "submit_attempt",
    "void_attempt",
]
