from quizzes.models.analysis import Correction, CorrectionEffect, CorrectionState, QuizStatistics
from quizzes.models.attempt import (
    Attempt,
    AttemptEvent,
    AttemptEventKind,
    AttemptState,
    ManualMark,
)
from quizzes.models.bank import (
    Question,
    QuestionBank,
    QuestionVersion,
    ReviewDecision,
    ReviewStage,
)
from quizzes.models.mistakes import (
    Favourite,
    QuestionNote,
    QuestionReport,
    ReportReason,
    ReviewCard,
)
from quizzes.models.overrides import QuizOverride
from quizzes.models.pages import (
    CountedRule,
    KeptScore,
    QuizDraw,
    QuizPage,
    QuizPrerequisite,
    QuizQuestion,
)
from quizzes.models.parts import ReviewPart, ReviewPhase

__all__ = [
    "Attempt",
    "AttemptEvent",
    "AttemptEventKind",
    "AttemptState",
    "Correction",
    "CorrectionEffect",
    "CorrectionState",
    "CountedRule",
    "Favourite",
    "KeptScore",
    "ManualMark",
    "Question",
    "QuestionBank",
    "QuestionNote",
    "QuestionReport",
    "QuestionVersion",
    "QuizDraw",
    "QuizOverride",
    "QuizPage",
    "QuizPrerequisite",
    "QuizQuestion",
    "QuizStatistics",
    "ReportReason",
    "ReviewCard",
    "ReviewDecision",
    "ReviewPart",
    "ReviewPhase",
    "ReviewStage",
]
