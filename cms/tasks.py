"""Background work: each task is one call."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def publish_scheduled():
    call_command("publish_scheduled")
