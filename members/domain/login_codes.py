"""Signing in by SMS code; the rules of the codes themselves are members.domain.challenges."""

from datetime import datetime

from members.domain.audit import record
from members.domain.challenges import Challenges, CodeGone, CodeWrong
from members.domain.sms_budget import recipient_of
from members.models import Action, Member

SIGN_INS = Challenges("login")


def ask_for_code(*, phone: str, address: str, now: datetime) -> int | None:
    """Open a challenge for this phone; the code before it is void.

    Returns the id of the member to whom the code is to be sent, None when there is none.
    Raises LimitReached.
    """
    SIGN_INS.open(phone=phone, address=address, now=now)
    return Member.objects.filter(phone=phone, is_active=True).values_list("pk", flat=True).first()


def send_code(*, member_id: int | None, now: datetime) -> None:
    """Make the code and send it, unless nobody waits for one any more. Raises Busy."""
    member = Member.objects.filter(pk=member_id, phone__isnull=False, is_active=True).first()
    if member is not None:
        SIGN_INS.send(phone=member.phone, recipient=recipient_of(member), now=now)


def redeem_code(*, phone: str, code: str, now: datetime) -> Member:
    """Return the member whose phone this is, and note that the phone is hers.

    A code works once. Raises CodeWrong or CodeGone; either stands in the audit trail.
    """
    try:
        SIGN_INS.redeem(phone=phone, code=code, now=now)
    except (CodeWrong, CodeGone):
        _note_failure(phone)
        raise
    try:
        member = Member.objects.get(phone=phone)
    except Member.DoesNotExist as gone:  # taken off the roster since the code was sent
        raise CodeGone from gone
    if member.phone_verified_at is None:
        member.phone_verified_at = now
        member.save(update_fields=["phone_verified_at"])
    return member


def _note_failure(phone: str) -> None:
    """For a phone that nobody has as well: the time that it takes must not tell."""
    subject = Member.objects.filter(phone=phone).first()
    record(action=Action.SIGN_IN_FAILED, by=None, subject=subject, detail={"way": "sms"})
