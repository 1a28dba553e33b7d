"""Background work: each task is one call into the domain."""

from celery import shared_task
from django.utils import timezone

from quizzes.domain import attempts


@shared_task
def close_expired_attempts():
    attempts.close_expired_attempts(now=timezone.now())
