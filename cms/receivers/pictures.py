"""Pictures of a page are made in their sizes when it goes live, before the first reader."""

from functools import partial

from django.db import transaction
from wagtail.signals import page_published

from cms.tasks import prepare_page_pictures


def on_published(sender, instance, **_kwargs) -> None:
    transaction.on_commit(partial(prepare_page_pictures.delay, instance.pk))


def connect() -> None:
    page_published.connect(on_published, dispatch_uid="page_pictures")
