"""Background work: each task calls into the domain and no more."""

from celery import shared_task
from django.utils import timezone

from federations.domain import jobs, names


@shared_task
def remove_old_jobs():
    jobs.remove_old_jobs(now=timezone.now())


@shared_task
def note_missing_names():
    names.note_missing_names()
