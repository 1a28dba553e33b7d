"""Showing that a phone is hers before the site knows her by it: any phone gets a code.

The task that sends is given a handle; the phone lies sealed in the cache, never in the queue.
"""

import secrets
from datetime import datetime

from django.core.cache import cache

from members.domain.challenges import LIFETIME, Challenges
from members.domain.sms_budget import recipient_of
from members.encryption import seal, unseal
from members.models import Member

PROOFS = Challenges("proof")


def ask_for_proof(*, phone: str, address: str, now: datetime) -> str:
    """Open a challenge for this phone, whosesoever it is; the code before it is void.

    `address` is the client's. Returns the handle for the sending task. Raises LimitReached.
    """
    PROOFS.open(phone=phone, address=address, now=now)
    handle = secrets.token_urlsafe(16)
    cache.set(_key(handle), seal(phone), timeout=LIFETIME.total_seconds())
    return handle


def send_proof(*, handle: str, now: datetime) -> None:
    """Make the code and send it, once, unless nobody waits for it any more. Raises Busy."""
    sealed = cache.get(_key(handle))
    if sealed is None:
        return
    phone = unseal(sealed)
    recipient = recipient_of(Member.objects.filter(phone=phone).first())
    PROOFS.send(phone=phone, recipient=recipient, now=now)
    cache.delete(_key(handle))


def redeem_proof(*, phone: str, code: str, now: datetime) -> None:
    """Take the code, which works once. Raises CodeWrong or CodeGone."""
    PROOFS.redeem(phone=phone, code=code, now=now)


def _key(handle: str) -> str:
    return f"proof-handle:{handle}"
