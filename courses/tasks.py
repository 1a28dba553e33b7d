"""Background work: each task is one call into the domain."""

from celery import shared_task
from django.utils import timezone

from courses.domain import uploads


@shared_task
def remove_abandoned_uploads():
    uploads.remove_abandoned_uploads(now=timezone.now())
