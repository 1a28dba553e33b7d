"""Attempts that are handed in with misses, and the cards that they leave."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.timezone import make_aware

from quizzes.domain.attempts import save_answer, start_attempt, submit_attempt
from quizzes.domain.mistakes import make_cards
from quizzes.models import Attempt, QuizPage, ReviewCard
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

# Half past nine in the morning, in Guangdong.
NOW = make_aware(datetime(2026, 11, 20, 9, 30))
DAY = timedelta(days=1)
RIGHT, WRONG = ["b"], ["a"]


def make_quiz(parent, count: int = 3, **fields) -> QuizPage:
    """Single choice questions in fixed order; "b" is always right."""
    quiz = make_quiz_page(parent, shuffles=False, **fields)
    bank = make_bank()
    fix_questions(quiz, [make_question(bank) for _ in range(count)])
    return quiz


def hand_in(member, quiz: QuizPage, answers: dict[int, list[str]], now: datetime = NOW) -> Attempt:
    """`answers` by place, from 0; places that are left out stay without an answer."""
    attempt = start_attempt(member=member, quiz=quiz, now=now)
    for index, values in answers.items():
        save_answer(
            attempt_id=attempt.pk, member=member, index=index, values=values, sequence=1, now=now
        )
    return submit_attempt(attempt_id=attempt.pk, member=member, now=now)


def miss_all(member, parent, count: int = 1, now: datetime | None = None) -> list[ReviewCard]:
    """Cards of `count` questions that the member has just got wrong, due at once."""
    now = now or timezone.now()
    hand_in(member, make_quiz(parent, count), {}, now)
    make_cards(now=now)
    return list(ReviewCard.objects.filter(member=member).order_by("pk"))
