"""When a page goes live its links are read anew: one that was mended is off the list at once."""

from django.db import transaction
from django.utils import timezone
from wagtail.signals import page_published

from cms.domain.links import collect_links
from cms.models import BasePage


def on_published(instance, **_kwargs) -> None:
    if isinstance(instance, BasePage):
        model, page_id = type(instance), instance.pk
        # Robust: a page is published whatever its links are like.
        transaction.on_commit(lambda: _read_links(model, page_id), robust=True)


def _read_links(model: type[BasePage], page_id: int) -> None:
    pages = list(model.objects.live().filter(pk=page_id))
    if pages:
        collect_links(pages, now=timezone.now())


def connect() -> None:
    page_published.connect(on_published, dispatch_uid="read_links_of_published_page")
