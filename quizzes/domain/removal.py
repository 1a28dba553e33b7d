"""Removing a question that nobody can have met. All others are retired instead."""

from django.db import transaction

from quizzes.models import Attempt, Question


def may_have_been_asked(question: Question) -> bool:
    """Whether a quiz uses the question, or an attempt might hold it.

    Attempts name versions inside their layout, which no index covers; so any attempt that was
    started since the question was filed counts as one that might.
    """
    first = question.versions.order_by("number").first()
    return (
        question.quiz_uses.exists()
        or question.bank.quiz_draws.exists()
        or (first is not None and Attempt.objects.filter(started_at__gte=first.created_at).exists())
    )


@transaction.atomic
def remove_question(*, question: Question) -> None:
    """Delete the question with its versions."""
    # The versions it points to are protected against being deleted by themselves.
    Question.objects.filter(pk=question.pk).update(current=None, proposed=None)
    Question.objects.get(pk=question.pk).delete()
