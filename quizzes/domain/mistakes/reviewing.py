"""One answer to a card, right or wrong."""

from datetime import datetime

from django.db import transaction

from learning.domain.growth import note_mastered
from members.models import Member
from quizzes.domain.mistakes.rules import (
    CARD_FIELDS,
    RIGHT_DAYS_TO_RETIRE,
    note_miss,
    note_right,
)
from quizzes.models import ReviewCard


class CardNotFound(LookupError):
    """There is no such card, or it is another member's."""


@transaction.atomic
def record_review(
    *,
    card_id: int,
    member: Member,
    is_right: bool,
    last_reviewed_at: datetime | None,
    now: datetime,
) -> ReviewCard:
    """Note how a card was answered and when it comes back.

    `last_reviewed_at` is what the card said when the question was put: an answer that is sent twice
    counts once, as does the same card answered in two windows. Raises CardNotFound.
    """
    cards = ReviewCard.objects.select_for_update(no_key=True)
    card = cards.filter(pk=card_id, member=member).first()
    if card is None:
        raise CardNotFound
    if card.reviewed_at != last_reviewed_at:
        return card
    note = note_right if is_right else note_miss
    note(card, at=now)
    card.reviewed_at = now
    card.save(update_fields=CARD_FIELDS)
    if card.retired_at == now:
        note_mastered(member_id=member.pk, total=_count_mastered(member), now=now)
    return card


def _count_mastered(member: Member) -> int:
    """Those that she got right often enough; a correction puts cards away, too."""
    cards = ReviewCard.objects.filter(member=member, retired_at__isnull=False)
    return cards.filter(right_days__gte=RIGHT_DAYS_TO_RETIRE).count()
