"""What happens elsewhere and concerns quizzes: each receiver calls the domain and no more."""

from wagtail.signals import page_published

from quizzes.domain.attempts.rule_changes import ask_for_recount
from quizzes.models import QuizPage


def on_published(sender, instance: QuizPage, revision=None, **_kwargs) -> None:
    """From the editor, by the last review or by the clock."""
    ask_for_recount(quiz=instance, by=revision.user if revision else None)


def connect() -> None:
    page_published.connect(on_published, sender=QuizPage, dispatch_uid="ask_for_recount")
