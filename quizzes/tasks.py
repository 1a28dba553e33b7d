"""Background work: each task calls into the domain and no more."""

from celery import shared_task
from django.utils import timezone

from learning.domain import standings
from quizzes.domain import attempts


@shared_task
def close_attempts_and_freeze():
    """In this order: what ended with a plan must be handed in before the plan is frozen."""
    now = timezone.now()
    attempts.close_expired_attempts(now=now)
    standings.freeze_due_plans(now=now)
