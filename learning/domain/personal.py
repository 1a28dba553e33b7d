"""Joining and leaving the personal ranking: a consent, and its withdrawal (law, articles 14–15)."""

from datetime import datetime

from django.db import transaction

from federations.queries import counted_appointment
from learning.models import RankingConsent
from members.models import Member


class NotCounted(Exception):
    """She is counted at no federation, so there are no colleagues to be seen by."""


@transaction.atomic
def join_ranking(*, member: Member, now: datetime) -> RankingConsent:
    """Let the colleagues of her present federation see her name and figures.

    Joining twice keeps the first moment. Raises NotCounted.
    """
    appointment = counted_appointment(member)
    if appointment is None:
        raise NotCounted
    RankingConsent.objects.filter(member=member).exclude(
        federation=appointment.federation_id
    ).delete()
    consent, _made = RankingConsent.objects.get_or_create(
        member=member, defaults={"federation": appointment.federation, "since": now}
    )
    return consent


def leave_ranking(*, member: Member) -> None:
    """She is gone from it at once; leaving twice is the same as once."""
    RankingConsent.objects.filter(member=member).delete()
