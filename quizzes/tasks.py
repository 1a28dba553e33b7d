"""Background work: each task calls into the domain and no more."""

from celery import shared_task
from django.utils import timezone

from quizzes.domain import mistakes, statistics


@shared_task
def make_cards():
    mistakes.make_cards(now=timezone.now())


@shared_task
def refresh_facility():
    statistics.refresh_facility()
