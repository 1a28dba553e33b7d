"""Demo question banks and quizzes."""

from datetime import timedelta

from django.utils import timezone

from cms.models import AcademyPage
from config.demo.pages import publish
from config.demo.reading import read
from federations.models import Federation
from quizzes.domain.bank import save_question
from quizzes.models import (
    Question,
    QuestionBank,
    QuestionVersion,
    QuizDraw,
    QuizPage,
    QuizQuestion,
)
from quizzes.question_types.base import Authoring, Part

WRITTEN_DAYS_AGO = 365


def load_questions() -> None:
    province = Federation.get_first_root_node()
    for entry in read("questions")["questions"]:
        name = entry.pop("bank")
        bank, _created = QuestionBank.objects.get_or_create(
            name=name, defaults={"federation": province}
        )
        parts = [read_part(part) for part in entry.pop("parts", [])]
        save_question(bank=bank, answers=read_answers(entry), parts=parts, **entry)
    # Older than every attempt of the demo: a correction looks at what came after the wording.
    QuestionVersion.objects.update(created_at=timezone.now() - timedelta(days=WRITTEN_DAYS_AGO))


def read_part(entry: dict) -> Part:
    """One question of a case."""
    answers, options = read_answers(entry), tuple(entry["options"])
    authoring = Authoring(entry["stem"], options, answers, entry.get("settings", {}))
    return Part(entry["type"], authoring)


def read_answers(entry: dict) -> tuple[str, ...]:
    """Takes them out of the entry; some types have none."""
    answer = entry.pop("answer", ())
    return (answer,) if isinstance(answer, str) else tuple(answer)


def load_quizzes() -> None:
    academy = AcademyPage.objects.get()
    for place, entry in enumerate(read("quizzes")["quizzes"]):
        quiz = QuizPage(
            slug=entry["slug"],
            title=entry["title"],
            summary=entry["intro"],
            mode=entry.get("mode", "exam"),
            is_sequential=entry.get("is_sequential", False),
            time_limit=entry.get("time_limit_minutes", 0),
            attempts_allowed=entry.get("attempts_allowed", 0),
            pass_mark=entry.get("pass_mark", 60),
        )
        quiz.fixed_questions = [
            QuizQuestion(question=find_question(stem), sort_order=number)
            for number, stem in enumerate(entry.get("fixed", []))
        ]
        quiz.draws = [
            QuizDraw(bank=QuestionBank.objects.get(name=draw["bank"]), count=draw["count"])
            for draw in entry.get("draws", [])
        ]
        publish(academy, quiz, days_ago=5 + 10 * place)


def find_question(stem: str) -> Question:
    return Question.objects.get(current__stem=stem)
