"""What happens to pages and concerns what was found."""

from django.db import transaction
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.search.remembering import forget_findings


def on_changed(**_kwargs) -> None:
    # What another request finds before the commit is still the old page.
    transaction.on_commit(forget_findings)


def connect() -> None:
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(on_changed, dispatch_uid="search_findings")
