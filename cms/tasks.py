"""Background work: each task is one call."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from cms.domain.pictures import prepare_pictures
from cms.domain.search_misses import prune_misses


@shared_task
def publish_scheduled():
    call_command("publish_scheduled")


@shared_task
def prepare_page_pictures(page_id: int):
    prepare_pictures(page_id=page_id)


@shared_task
def prune_search_misses():
    prune_misses(now=timezone.now())

