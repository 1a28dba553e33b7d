"""What happens to pages and concerns what was found."""

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
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
    # Every kind of page is a row of Page too; names of what is closed must not stay.
    for signal, model in (
        (post_delete, Page),
        (post_save, PageViewRestriction),
        (post_delete, PageViewRestriction),
    ):
        signal.connect(on_changed, sender=model, dispatch_uid=f"search_findings_{model.__name__}")
