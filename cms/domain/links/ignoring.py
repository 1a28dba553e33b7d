"""An editor's word that a link is to be left alone."""

from datetime import datetime

from cms.models import PageLink
from members.models import Member


def ignore_link(*, link: PageLink, by: Member, now: datetime) -> None:
    link.ignored_at, link.ignored_by = now, by
    link.save(update_fields=["ignored_at", "ignored_by"])


def mind_link(*, link: PageLink) -> None:
    link.ignored_at = link.ignored_by = None
    link.save(update_fields=["ignored_at", "ignored_by"])
