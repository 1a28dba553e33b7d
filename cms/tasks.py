"""Background work: each task is one call."""

from celery import shared_task
from django.utils import timezone

from cms.domain import links, revisions, scheduling
from cms.domain.pictures import prepare_pictures
from cms.domain.search_misses import prune_misses


@shared_task
def publish_scheduled():
    scheduling.publish_due(now=timezone.now())


@shared_task
def purge_revisions():
    revisions.purge_revisions(now=timezone.now())


@shared_task
def collect_links():
    links.collect_all(now=timezone.now())


@shared_task
def check_links():
    links.check_due(now=timezone.now())


@shared_task
def prepare_page_pictures(page_id: int):
    prepare_pictures(page_id=page_id)


@shared_task
def prune_search_misses():
    prune_misses(now=timezone.now())
