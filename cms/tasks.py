"""Background work: each task is one call."""

from celery import shared_task
from django.utils import timezone

from cms.domain import links, revisions, scheduling


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
