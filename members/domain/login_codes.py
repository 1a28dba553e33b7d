"""Signing in by SMS code.

Asking and answering do the same work, and say the same, whether or not the phone is on the roster.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac

from members.domain.limits import Limit, LimitReached, fingerprint
from members.models import Member
from members.sms import get_sender

LIFETIME = timedelta(minutes=5)
RESEND = Limit("code-resend", amount=1, seconds=60)
DAILY = Limit("code-daily", amount=10, seconds=24 * 60 * 60)
GUESSES = Limit("code-guesses", amount=5, seconds=5 * 60)


class CodeWrong(Exception):
    """Not the code that was sent; `left` guesses remain."""

    def __init__(self, left: int):
        super().__init__(left)
        self.left = left


class CodeGone(Exception):
    """No code is waiting: too old, used, guessed at too often, or never asked for."""


@dataclass(frozen=True)
class Challenge:
    """A code that is waited for; the digest is empty until (and unless) one was sent."""

    expires_at: datetime
    digest: str = ""


def ask_for_code(*, phone: str, now: datetime) -> int | None:
    """Open a challenge for this phone; the code before it is void.

    Returns the id of the member to whom the code is to be sent, None when there is none.
    Raises LimitReached (RESEND or DAILY).
    """
    RESEND.take(phone, now=now)
    DAILY.take(phone, now=now)
    GUESSES.clear(phone)
    _keep(phone, Challenge(expires_at=now + LIFETIME))
    return Member.objects.filter(phone=phone, is_active=True).values_list("pk", flat=True).first()


def send_code(*, member_id: int | None, now: datetime) -> None:
    """Make the code and send it, unless nobody waits for one any more."""
    member = Member.objects.filter(pk=member_id, phone__isnull=False, is_active=True).first()
    if member is None or _waiting(member.phone, now) is None:
        return
    code = f"{secrets.randbelow(10**6):06d}"
    digest = _digest(member.phone, code)
    _keep(member.phone, Challenge(expires_at=now + LIFETIME, digest=digest))
    get_sender().send_code(member.phone, code)


def redeem_code(*, phone: str, code: str, now: datetime) -> Member:
    """Return the member whose phone this is, and note that the phone is hers.

    A code works once. Raises CodeWrong or CodeGone.
    """
    challenge = _waiting(phone, now)
    if challenge is None:
        raise CodeGone
    left = _count_guess(phone, now)
    if not constant_time_compare(challenge.digest, _digest(phone, code)):
        raise CodeWrong(left)
    # Of two requests with the right code only one finds it still there to be taken away.
    if not cache.delete(_key(phone)):
        raise CodeGone
    return _note_verified(phone, now)


def _count_guess(phone: str, now: datetime) -> int:
    try:
        return GUESSES.take(phone, now=now)
    except LimitReached as reached:
        cache.delete(_key(phone))
        raise CodeGone from reached


def _note_verified(phone: str, now: datetime) -> Member:
    try:
        member = Member.objects.get(phone=phone)
    except Member.DoesNotExist as gone:  # taken off the roster since the code was sent
        raise CodeGone from gone
    if member.phone_verified_at is None:
        member.phone_verified_at = now
        member.save(update_fields=["phone_verified_at"])
    return member


def _waiting(phone: str, now: datetime) -> Challenge | None:
    challenge = cache.get(_key(phone))
    return challenge if challenge and challenge.expires_at > now else None


def _keep(phone: str, challenge: Challenge) -> None:
    cache.set(_key(phone), challenge, timeout=LIFETIME.total_seconds())


def _key(phone: str) -> str:
    return f"login-code:{fingerprint(phone)}"


def _digest(phone: str, code: str) -> str:
    return salted_hmac("members.login_code", f"{phone}:{code}", algorithm="sha256").hexdigest()
