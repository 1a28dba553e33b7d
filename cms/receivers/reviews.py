"""What follows when a page has gone live."""

from django.utils import timezone
from wagtail.signals import page_published

from cms.domain.reviews.publishing import settle_corrections


def on_published(instance, revision, **_kwargs) -> None:
    settle_corrections(page_id=instance.pk, revision_id=revision.pk, now=timezone.now())


def connect() -> None:
    page_published.connect(on_published, dispatch_uid="settle_corrections")
