"""Background work: each task is one call into the domain."""

from celery import shared_task
from django.utils import timezone

from learning.domain import standings


@shared_task
def fold_standings():
    standings.fold_standings(now=timezone.now())


@shared_task
def freeze_due_plans():
    standings.freeze_due_plans(now=timezone.now())


@shared_task
def rebuild_open_standings():
    standings.rebuild_open_standings(now=timezone.now())


@shared_task
def rebuild_plan(plan_id):
    standings.rebuild_standings(plan_id=plan_id, now=timezone.now())
