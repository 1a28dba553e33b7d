"""What happens to pages and concerns watching: each receiver calls the domain and no more."""

from functools import partial

from django.db import transaction
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.domain.timeline import forget_timeline
from courses.models import LessonPage


def on_changed(sender, instance, **_kwargs) -> None:
    if issubclass(sender, LessonPage):
        # What another request reads before the commit is still the old page.
        transaction.on_commit(partial(forget_timeline, instance.pk))


def connect() -> None:
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(on_changed, dispatch_uid="forget_timeline")
