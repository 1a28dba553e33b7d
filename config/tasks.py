"""Background work that joins several apps: each task is one call."""

from celery import shared_task
from django.utils import timezone

from cms.jobs import HANDLERS as CMS_HANDLERS
from config import groups
from config.followers import FOLLOWERS
from courses.jobs import HANDLERS as COURSE_HANDLERS
from federations.domain.jobs import run_waiting_jobs
from federations.jobs import HANDLERS as FEDERATION_HANDLERS
from federations.models import Lane
from learning.domain import outcomes, standings
from learning.jobs import HANDLERS as LEARNING_HANDLERS
from quizzes.domain import attempts
from quizzes.jobs import HANDLERS as QUIZ_HANDLERS

HANDLERS = FEDERATION_HANDLERS | CMS_HANDLERS | QUIZ_HANDLERS | COURSE_HANDLERS | LEARNING_HANDLERS
# At the peak there is always more to fold: the worker's hands are needed for the rest too.
SECONDS_OF_OUTCOMES = 5


@shared_task
def sync_groups():
    groups.sync_groups(now=timezone.now())


@shared_task
def fold_outcomes():
    outcomes.fold_outcomes_for(seconds=SECONDS_OF_OUTCOMES, followers=FOLLOWERS, now=timezone.now())


@shared_task
def close_and_freeze():
    """In this order: what ended with a plan is handed in, and a course that it finished counts,
    before the plan is frozen."""
    now = timezone.now()
    attempts.close_expired_attempts(now=now)
    if standings.has_due_plans(now=now):
        outcomes.fold_outcomes(followers=FOLLOWERS, now=now)
        standings.freeze_due_plans(now=now)


@shared_task
def run_jobs():
    run_waiting_jobs(handlers=HANDLERS)


@shared_task
def run_encoding():
    """A queue, and in production a worker, of its own: a film takes as long as a lesson lasts."""
    run_waiting_jobs(handlers=HANDLERS, lane=Lane.ENCODING)
