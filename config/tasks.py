"""Background work that joins several apps: each task is one call."""

from celery import shared_task
from django.utils import timezone

from config import groups


@shared_task
def sync_groups():
    groups.sync_groups(now=timezone.now())
