"""Corrections (更正): a wrong key, or a question that is struck, for all who were asked it.

Draft, try out, apply: the trial says who would gain or lose before anything changes.
"""

from quizzes.domain.corrections.applying import apply
from quizzes.domain.corrections.drafting import draft_correction
from quizzes.domain.corrections.errors import CorrectionRefused
from quizzes.domain.corrections.keys import key_before, key_in_force, read_key
from quizzes.domain.corrections.previewing import preview

__all__ = [
    "CorrectionRefused",
    "apply",
    "draft_correction",
    "key_before",
    "key_in_force",
    "preview",
    "read_key",
]
