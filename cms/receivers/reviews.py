"""What follows when a page has gone live, or is so no longer."""

from django.utils import timezone
from wagtail.signals import page_published, page_unpublished

from cms.domain.reviews.publishing import drop_corrections, settle_corrections


def on_published(instance, revision, **_kwargs) -> None:
    settle_corrections(page_id=instance.pk, revision_id=revision.pk, now=timezone.now())


def on_unpublished(instance, **_kwargs) -> None:
    drop_corrections(page_id=instance.pk, now=timezone.now())


def connect() -> None:
    page_unpublished.connect(on_unpublished, dispatch_uid="drop_corrections")
    page_published.connect(on_published, dispatch_uid="settle_corrections")
