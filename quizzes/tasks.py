"""Background work: each task calls into the domain and no more."""

from celery import shared_task
from django.utils import timezone

from learning.domain import standings
from quizzes.domain import attempts, mistakes, statistics


@shared_task
def close_attempts_and_freeze():
    """In this order: what ended with a plan must be handed in before the plan is frozen."""
    now = timezone.now()
    attempts.close_expired_attempts(now=now)
    standings.freeze_due_plans(now=now)


@shared_task
def make_cards():
    mistakes.make_cards(now=timezone.now())


@shared_task
def refresh_facility():
    statistics.refresh_facility()
