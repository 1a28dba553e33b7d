"""Background work that joins several apps: each task is one call."""

from celery import shared_task
from django.utils import timezone

from config import groups
from config.followers import FOLLOWERS
from courses.jobs import HANDLERS as COURSE_HANDLERS
from federations.domain.jobs import run_waiting_jobs
from federations.models import Lane
from learning.domain import outcomes
from learning.jobs import HANDLERS as LEARNING_HANDLERS
from quizzes.jobs import HANDLERS as QUIZ_HANDLERS

HANDLERS = QUIZ_HANDLERS | COURSE_HANDLERS | LEARNING_HANDLERS


@shared_task
def sync_groups():
    groups.sync_groups(now=timezone.now())


@shared_task
def fold_outcomes():
    outcomes.fold_outcomes(followers=FOLLOWERS, now=timezone.now())


@shared_task
def run_jobs():
    run_waiting_jobs(handlers=HANDLERS)


@shared_task
def run_encoding():
    """A queue, and in production a worker, of its own: a film takes as long as a lesson lasts."""
    run_waiting_jobs(handlers=HANDLERS, lane=Lane.ENCODING)
