"""错题本: every miss becomes a card, cards come back when FSRS says, and leave after three days."""

from quizzes.domain.mistakes.asking import Judgement, Verdict, judge, lay_out
from quizzes.domain.mistakes.collecting import make_cards
from quizzes.domain.mistakes.reviewing import CardNotFound, record_review
from quizzes.domain.mistakes.rules import RIGHT_DAYS_TO_RETIRE
from quizzes.domain.mistakes.run import RUN_LENGTH, Run, Step, plan_run

__all__ = [
    "RIGHT_DAYS_TO_RETIRE",
    "RUN_LENGTH",
    "CardNotFound",
    "Judgement",
    "Run",
    "Step",
    "Verdict",
    "judge",
    "lay_out",
    "make_cards",
    "plan_run",
    "record_review",
]
