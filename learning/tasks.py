"""Background work: each task is one call into the domain."""

from celery import shared_task
from django.utils import timezone

from learning.assessment.domain import compute_open_periods
from learning.domain import boards, certificates, reminders, standings
from learning.models import Plan, PlanKind


@shared_task
def fold_standings():
    kinds = [PlanKind.TASK, PlanKind.QUIZ]
    standings.fold_standings(now=timezone.now(), kinds=kinds, busy=standings.Busy.SKIP)


@shared_task
def fold_periods():
    # At the peak this takes longer than its clock: the worker's other hand stays free.
    kinds = [PlanKind.PERIOD]
    standings.fold_standings(now=timezone.now(), kinds=kinds, busy=standings.Busy.STOP)


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


@shared_task
def compute_assessments():
    compute_open_periods(now=timezone.now())
