"""Figures about quizzes and questions: recomputed from the attempts, never counted up."""

from quizzes.domain.statistics.choosing import AttemptChoice, choose_attempts
from quizzes.domain.statistics.computing import compute_statistics
from quizzes.domain.statistics.facility import refresh_facility

__all__ = ["AttemptChoice", "choose_attempts", "compute_statistics", "refresh_facility"]
