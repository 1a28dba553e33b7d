"""After a quiz was saved: what its rules, and those of other quizzes, tell too early."""

from django.contrib import messages

from quizzes.domain.leaks import find_leaks
from quizzes.models import QuizPage


def warn_of_leaks(request, page) -> None:
    if isinstance(page, QuizPage):
        for warning in find_leaks(page):
            messages.warning(request, warning)
