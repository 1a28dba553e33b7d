"""Background work: each task is one call into the domain."""

from celery import shared_task
from django.utils import timezone

from learning.domain import boards, certificates, reminders, standings
from learning.models import Plan


@shared_task
def fold_standings():
    standings.fold_standings(now=timezone.now())


@shared_task
def rebuild_open_standings():
    standings.rebuild_open_standings(now=timezone.now())


@shared_task
def open_boards():
    boards.open_boards(now=timezone.now())


@shared_task
def rebuild_plan(plan_id):
    if Plan.boards.filter(pk=plan_id).exists():
        standings.rebuild_standings(plan_id=plan_id, now=timezone.now())


@shared_task
def mark_certificate_candidates():
    certificates.mark_candidates(now=timezone.now())


@shared_task
def send_plan_reminders():
    reminders.send_due_reminders(now=timezone.now())
