"""Telling members something; they read it on their own page."""

from collections.abc import Iterable
from datetime import datetime

from members.models import Channel, Member, Notice

BATCH = 1000


def tell(*, member_ids: Iterable[int], text: str, url: str = "", now: datetime) -> None:
    """Leave the same notice (200 characters at most) for each of the members."""
    notices = [
        Notice(member_id=pk, text=text, url=url, made_at=now, sent_at=now) for pk in member_ids
    ]
    Notice.objects.bulk_create(notices, batch_size=BATCH)


def notices_of(member: Member):
    """What was told her in the app, newest first."""
    return Notice.objects.filter(member=member, channel=Channel.IN_APP)


def unseen_notices(member: Member):
    return notices_of(member).filter(seen_at=None)


def mark_seen(*, member: Member, up_to: int, now: datetime) -> int:
    """Put away her notices up to the one with the id `up_to`: newer ones she has not seen yet.

    Returns how many.
    """
    return unseen_notices(member).filter(pk__lte=up_to).update(seen_at=now)
