"""What text messages may cost: between an attacker and the bill, and never before a member.

A message whose code was used gives its place back, so what is counted is what nobody wanted.
Whoever has shown once that a phone is hers gets her codes whatever others do (10 a day). When a
budget is used up the message is left out in silence: a refusal would tell who is on the roster.
"""

from datetime import datetime
from enum import StrEnum

import structlog
from django.conf import settings

from members.domain.limits import DAY, Limit, LimitReached
from members.models import Member

log = structlog.get_logger(__name__)
SITE = "site"


class Recipient(StrEnum):
    PROVED = "proved"
    # On the roster, where nobody has used a code yet: on the first day that is everybody.
    FIRST_TIME = "first-time"
    STRANGER = "stranger"


def recipient_of(member: Member | None) -> Recipient:
    """Of the member whose phone it is."""
    if member is None:
        return Recipient.STRANGER
    return Recipient.PROVED if member.phone_verified_at else Recipient.FIRST_TIME


def spend(recipient: Recipient, address: str, *, now: datetime) -> bool:
    """Count one message; False when it must not be sent. `address` is a fingerprint."""
    taken = []
    for limit, subject in _limits(recipient, address):
        try:
            limit.take(subject, now=now)
        except LimitReached:
            for earlier, its_subject in taken:
                earlier.give_back(its_subject, now=now)
            log.warning("sms_budget_used_up", limit=limit.name)
            return False
        taken.append((limit, subject))
    return True


def give_back(recipient: Recipient, address: str, *, now: datetime) -> None:
    """The message was not taken by the company, or its code was used."""
    for limit, subject in _limits(recipient, address):
        limit.give_back(subject, now=now)


def _limits(recipient: Recipient, address: str) -> list[tuple[Limit, str]]:
    """By address first: one that is used up takes nothing from the whole site's."""
    return {
        Recipient.PROVED: [],
        Recipient.FIRST_TIME: [
            (Limit("sms-first-times-address", amount=3_000, seconds=DAY), address),
            (Limit("sms-first-times", amount=settings.SMS_FIRST_TIMES_PER_DAY, seconds=DAY), SITE),
        ],
        Recipient.STRANGER: [
            (Limit("sms-strangers-address", amount=200, seconds=DAY), address),
            (Limit("sms-strangers", amount=settings.SMS_STRANGERS_PER_DAY, seconds=DAY), SITE),
        ],
    }[recipient]
