"""Misses that no longer are any: their attempt was voided or reopened, or their key was wrong."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from quizzes.domain.mistakes.finding import missed_versions
from quizzes.models import Attempt, ReviewCard


@transaction.atomic
def take_misses_back(attempt: Attempt) -> None:
    """Undo what make_cards did with a handed-in attempt that is voided or reopened; before that.

    A card that came from this attempt alone goes; any other counts one miss less, and keeps what
    she has learned since.
    """
    if not attempt.has_cards or not attempt.marks:
        return
    cards = _lock_cards(
        member_id=attempt.member_id, question__versions__in=missed_versions(attempt)
    )
    alone = [card.pk for card in cards if card.miss_count <= 1]
    others = [card for card in cards if card.miss_count > 1]
    for card in others:
        card.miss_count -= 1
    ReviewCard.objects.bulk_update(others, ["miss_count"])
    ReviewCard.objects.filter(pk__in=alone).delete()


def retire_cards(*, question_id: int, put_right: Iterable[Attempt], now: datetime) -> int:
    """Put the question's cards away where a correction made the answer of an attempt right.

    A card with a later miss stays: that one was by another attempt, or in a review.
    """
    handed_in = {each.member_id: each.submitted_at for each in put_right if each.has_cards}
    if not handed_in:
        return 0
    cards = _lock_cards(question_id=question_id, member_id__in=handed_in, retired_at=None)
    ids = [card.pk for card in cards if card.missed_at <= handed_in[card.member_id]]
    return ReviewCard.objects.filter(pk__in=ids).update(retired_at=now)


def _lock_cards(**which) -> list[ReviewCard]:
    """In the order in which make_cards locks them."""
    ids = ReviewCard.objects.filter(**which).values("pk")
    cards = ReviewCard.objects.filter(pk__in=ids).select_for_update(no_key=True)
    return list(cards.order_by("member_id", "question_id"))
