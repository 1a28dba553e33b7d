"""A code that went out by SMS and is waited for: signing in and proving a phone have it in common.

Asking and answering do the same work, and say the same, whosesoever the phone is. What depends on
that is done by the task that sends, where nobody can time it.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac

from members.domain import sms_budget
from members.domain.limits import DAY, Limit, LimitReached, fingerprint
from members.domain.sms_budget import Recipient
from members.sms import Busy, NotSent, get_sender

log = structlog.get_logger(__name__)

LIFETIME = timedelta(minutes=5)
# Of one phone, whatever the codes are for.
RESEND = Limit("code-resend", amount=1, seconds=60)
DAILY = Limit("code-daily", amount=10, seconds=DAY)
GUESSES = Limit("code-guesses", amount=5, seconds=5 * 60)
# Behind one address sits a village, or half a town on its phones: these stop machines. Right
# guesses are not counted, so 3,000 wrong ones are 3 in 1,000 to hit a code that is out.
ASKS = Limit("code-asks", amount=3_000, seconds=10 * 60)
WRONG = Limit("code-wrong", amount=3_000, seconds=DAY)


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
    # Whoever asked: a keyed hash, not the address.
    address: str
    digest: str = ""
    recipient: Recipient = Recipient.STRANGER


@dataclass(frozen=True)
class Challenges:
    """The challenges of one purpose, e.g. signing in: a phone has one of each at a time."""

    purpose: str

    def open(self, *, phone: str, address: str, now: datetime) -> None:
        """Begin to wait for a code; the one before it is void.

        Raises LimitReached (ASKS, WRONG, RESEND or DAILY).
        """
        address = fingerprint(address)
        ASKS.take(address, now=now)
        WRONG.require_left(address, now=now)
        RESEND.take(phone, now=now)
        DAILY.take(phone, now=now)
        GUESSES.clear(self._subject(phone))
        self._keep(phone, Challenge(expires_at=now + LIFETIME, address=address))

    def send(self, *, phone: str, recipient: Recipient, now: datetime) -> None:
        """Make the code and send it, unless nobody waits for one or the budget is used up.

        What the company refuses for good is logged. Raises Busy for what may go in some seconds.
        """
        challenge = self.waiting(phone, now)
        if challenge is None or not sms_budget.spend(recipient, challenge.address, now=now):
            return
        code = f"{secrets.randbelow(10**6):06d}"
        digest = self._digest(phone, code)
        ends = now + LIFETIME
        self._keep(phone, replace(challenge, expires_at=ends, digest=digest, recipient=recipient))
        try:
            get_sender().send_code(phone, code)
        except NotSent as refused:
            sms_budget.give_back(recipient, challenge.address, now=now)
            self._note(refused)

    def redeem(self, *, phone: str, code: str, now: datetime) -> None:
        """Take the code, which works once. Raises CodeWrong or CodeGone."""
        challenge = self.waiting(phone, now)
        if challenge is None:
            raise CodeGone
        left = self._count_guess(phone, challenge, now)
        if not constant_time_compare(challenge.digest, self._digest(phone, code)):
            raise CodeWrong(left)
        # Of two requests with the right code only one finds it still there to be taken away.
        if not cache.delete(self.key(phone)):
            raise CodeGone
        WRONG.give_back(challenge.address, now=now)
        sms_budget.give_back(challenge.recipient, challenge.address, now=now)

    def waiting(self, phone: str, now: datetime) -> Challenge | None:
        challenge = cache.get(self.key(phone))
        return challenge if challenge and challenge.expires_at > now else None

    def key(self, phone: str) -> str:
        return f"code:{self.purpose}:{fingerprint(phone)}"

    def _note(self, refused: NotSent) -> None:
        """Who asked sees the same as for a phone that nobody has; the operator sees the code."""
        if isinstance(refused, Busy):
            raise refused
        log.error(
            "sms_not_sent", purpose=self.purpose, code=refused.code, sms_request=refused.request_id
        )

    def _count_guess(self, phone: str, challenge: Challenge, now: datetime) -> int:
        """Counted before it is judged, so that parallel guesses cannot slip through."""
        try:
            WRONG.take(challenge.address, now=now)
            return GUESSES.take(self._subject(phone), now=now)
        except LimitReached as reached:
            cache.delete(self.key(phone))
            raise CodeGone from reached

    def _keep(self, phone: str, challenge: Challenge) -> None:
        cache.set(self.key(phone), challenge, timeout=LIFETIME.total_seconds())

    def _subject(self, phone: str) -> str:
        return f"{self.purpose}:{phone}"

    def _digest(self, phone: str, code: str) -> str:
        said = f"{phone}:{code}"
        return salted_hmac(f"members.{self.purpose}_code", said, algorithm="sha256").hexdigest()
