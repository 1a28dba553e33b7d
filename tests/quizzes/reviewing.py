"""Questions in a bank with three reviews, and their way through them."""

from django.utils import timezone

from quizzes.domain.bank import save_question
from quizzes.domain.review import approve

NOW = timezone.now()


def save(bank, **changes):
    fields = {
        "bank": bank,
        "type": "judge",
        "stem": "国际妇女节在三月。",
        "options": (),
        "answers": ("对",),
    }
    return save_question(**{**fields, **changes})


def approve_fully(question, reviewers):
    version = question.proposed
    for reviewer in reviewers:
        approve(version=version, by=reviewer, now=NOW)
    question.refresh_from_db()
    return question
