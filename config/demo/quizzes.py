"""Demo question banks and quizzes."""

from cms.models import AcademyPage
from config.demo.pages import publish
from config.demo.reading import read
from federations.models import Federation
from quizzes.domain.bank import save_question
from quizzes.models import Question, QuestionBank, QuizDraw, QuizPage, QuizQuestion


def load_questions() -> None:
    province = Federation.get_first_root_node()
    for entry in read("questions")["questions"]:
        name, answer = entry.pop("bank"), entry.pop("answer")
        bank, _created = QuestionBank.objects.get_or_create(
            name=name, defaults={"federation": province}
        )
        answers = [answer] if isinstance(answer, str) else answer
        save_question(bank=bank, answers=answers, **entry)


def load_quizzes() -> None:
    academy = AcademyPage.objects.get()
    for place, entry in enumerate(read("quizzes")["quizzes"]):
        quiz = QuizPage(
            slug=entry["slug"],
            title=entry["title"],
            summary=entry["intro"],
            time_limit=entry["time_limit_minutes"],
            attempts_allowed=entry["attempts_allowed"],
            pass_mark=entry["pass_mark"],
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
