"""Lessons, articles and entries that a member keeps."""

from datetime import datetime

from learning.models import FavouritePage
from members.models import Member


def set_favourite_page(*, member: Member, page_id: int, is_favourite: bool, now: datetime) -> None:
    """Keep the page or let it go; doing so twice is the same as once."""
    if is_favourite:
        FavouritePage.objects.get_or_create(
            member=member, page_id=page_id, defaults={"added_at": now}
        )
    else:
        FavouritePage.objects.filter(member=member, page_id=page_id).delete()
