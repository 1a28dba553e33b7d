"""Where a question is used, as an editor asks before she changes it."""

from dataclasses import dataclass

from quizzes.desk.drafts import drafting_quizzes
from quizzes.models import Question, QuizDraw, QuizPage


@dataclass(frozen=True, slots=True)
class Use:
    """A quiz that holds the question; `is_only_drafted`: in a draft that is not published."""

    quiz: QuizPage
    is_only_drafted: bool


@dataclass(frozen=True, slots=True)
class Uses:
    """`asked_count` is counted every night: no index leads from a question to its attempts."""

    quizzes: tuple[Use, ...]
    drawing: tuple[QuizPage, ...]
    asked_count: int


def find_uses(question: Question) -> Uses:
    holding = set(question.quiz_uses.values_list("quiz_id", flat=True))
    drafting = set(drafting_quizzes(question.pk))
    quizzes = QuizPage.objects.filter(pk__in=holding | drafting).order_by("pk")
    draws = QuizDraw.objects.filter(bank=question.bank_id)
    drawing = QuizPage.objects.filter(pk__in=draws.values("quiz")).order_by("pk")
    return Uses(
        quizzes=tuple(Use(quiz, quiz.pk not in holding) for quiz in quizzes),
        drawing=tuple(drawing),
        asked_count=question.asked_count,
    )
