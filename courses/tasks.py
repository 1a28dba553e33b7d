"""Background work: each task is one call into the domain."""

from celery import shared_task
from django.utils import timezone

from courses.domain import completion, uploads


@shared_task
def remove_abandoned_uploads():
    uploads.remove_abandoned_uploads(now=timezone.now())


@shared_task
def look_again(course_id):
    completion.look_again(course_id=course_id, now=timezone.now())
