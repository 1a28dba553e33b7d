"""After a quiz or a lesson was saved: what it and others tell too early."""

from django.contrib import messages
from django.utils import timezone

from quizzes.domain.leaks import find_leaks, warn_of_checks
from quizzes.models import QuizPage


def warn_of_leaks(request, page) -> None:
    """A quiz, or any page with questions to check oneself."""
    warnings = find_leaks(page) if isinstance(page, QuizPage) else _find_in_checks(page)
    for warning in warnings:
        messages.warning(request, warning)


def _find_in_checks(page) -> list[str]:
    asked = {each.question_id for each in page.checks.all()} if hasattr(page, "checks") else set()
    warning = warn_of_checks(asked, timezone.now()) if asked else ""
    return [warning] if warning else []
