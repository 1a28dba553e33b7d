"""Questions that a member keeps."""

from datetime import datetime

from members.models import Member
from quizzes.models import Favourite


def set_favourite(*, member: Member, question_id: int, is_favourite: bool, now: datetime) -> None:
    """Keep the question or let it go; doing so twice is the same as once."""
    if is_favourite:
        Favourite.objects.get_or_create(
            member=member, question_id=question_id, defaults={"added_at": now}
        )
    else:
        Favourite.objects.filter(member=member, question_id=question_id).delete()
