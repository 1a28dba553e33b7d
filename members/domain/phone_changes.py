"""Another number for an account: hers when she has shown that she holds it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from members.domain.audit import record
from members.domain.limits import DAY, Limit
from members.domain.notices import tell
from members.domain.phone_proofs import ask_for_proof, redeem_proof
from members.models import Action, Member
from members.phones import mask_phone

# Of one member: these messages go to anybody.
CHANGES = Limit("phone-changes", amount=5, seconds=DAY)


class PhoneTaken(Exception):
    """The number is another account's."""


def ask_to_change_phone(*, member: Member, phone: str, address: str, now: datetime) -> str:
    """Open a challenge for the new number; returns the handle for the sending task.

    Says nothing of who has the number. Raises LimitReached.
    """
    CHANGES.take(str(member.pk), now=now)
    return ask_for_proof(phone=phone, address=address, now=now)


def change_phone(*, member: Member, phone: str, code: str, now: datetime) -> None:
    """Make the number hers, with the code that went there.

    Raises CodeWrong, CodeGone, or PhoneTaken: only whoever holds the number learns that it is
    another account's, and of two accounts that take it at once one gets it.
    """
    redeem_proof(phone=phone, code=code, now=now)
    try:
        _take(member, phone, now)
    except IntegrityError:
        # Without the database's words: they carry the number.
        raise PhoneTaken from None


@transaction.atomic
def _take(member: Member, phone: str, now: datetime) -> None:
    member.phone, member.phone_verified_at = phone, now
    member.save(update_fields=["phone", "phone_verified_at"])
    record(action=Action.PHONE_CHANGED, by=member, subject=member)
    text = _("登录用的手机号已改为 %(phone)s。如果不是您改的，请马上联系本级妇联工作人员。")
    tell(member_ids=[member.pk], text=text % {"phone": mask_phone(phone)}, now=now)
