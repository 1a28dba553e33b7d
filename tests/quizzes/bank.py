"""Questions for tests, made without the import or the forms."""

from itertools import count

from quizzes.models import Question, QuestionBank, QuestionVersion, QuizDraw, QuizPage, QuizQuestion
from quizzes.question_types.base import Authoring
from quizzes.question_types.registry import get_type

numbers = count(1)


def make_bank(name: str = "") -> QuestionBank:
    return QuestionBank.objects.create(name=name or f"题库{next(numbers)}")


def make_question(
    bank: QuestionBank,
    type: str = "single",
    stem: str = "",
    options=("甲", "乙", "丙", "丁"),
    answers=("B",),
) -> Question:
    number = next(numbers)
    stem = stem or f"第 {number} 道题应该选哪一个？"
    question_type = get_type(type)
    spec = question_type.parse(Authoring(stem=stem, options=tuple(options), answers=tuple(answers)))
    question = Question.objects.create(bank=bank, fingerprint=str(number))
    question.current = QuestionVersion.objects.create(
        question=question,
        number=1,
        type=type,
        stem=stem,
        data=question_type.to_data(spec),
        explanation=f"解析{number}",
    )
    question.save()
    return question


def fix_questions(quiz: QuizPage, questions) -> None:
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=quiz, question=question, sort_order=place)
        for place, question in enumerate(questions)
    )


def add_draw(quiz: QuizPage, bank: QuestionBank, number: int) -> None:
    QuizDraw.objects.create(quiz=quiz, bank=bank, count=number)
