"""Background work: each task is one call."""

from celery import shared_task
from django.core.management import call_command

from cms.domain.pictures import prepare_pictures


@shared_task
def publish_scheduled():
    call_command("publish_scheduled")


@shared_task
def prepare_page_pictures(page_id: int):
    prepare_pictures(page_id=page_id)
