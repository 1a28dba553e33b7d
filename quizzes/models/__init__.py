from quizzes.models.attempt import Attempt, AttemptState
from quizzes.models.bank import Question, QuestionBank, QuestionVersion
from quizzes.models.pages import QuizDraw, QuizPage, QuizQuestion, ReviewPhase

__all__ = [
    "Attempt",
    "AttemptState",
    "Question",
    "QuestionBank",
    "QuestionVersion",
    "QuizDraw",
    "QuizPage",
    "QuizQuestion",
    "ReviewPhase",
]
