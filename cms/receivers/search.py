"""What happens to pages and concerns what was found."""

from django.db import transaction
from wagtail.search.index import insert_or_update_object
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.search.remembering import forget_findings


def on_published(instance, **_kwargs) -> None:
    # Wagtail indexes a page as it is saved, before its tags are.
    insert_or_update_object(instance)


def on_changed(**_kwargs) -> None:
    # What another request finds before the commit is still the old page.
    transaction.on_commit(forget_findings)


def connect() -> None:
    page_published.connect(on_published, dispatch_uid="search_entry")
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(on_changed, dispatch_uid="search_findings")
