"""Changes of an account: her own, and what she is told of those by staff."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from members.domain.audit import record
from members.domain.notices import tell
from members.models import Action, Member


@transaction.atomic
def change_email(*, member: Member, email: str) -> None:
    """An empty address takes it away."""
    if member.email == email:
        return
    member.email = email
    member.save(update_fields=["email"])
    record(action=Action.DATA_CORRECTED, by=member, subject=member, detail={"field": "email"})


def tell_new_phone(*, member: Member, now: datetime) -> None:
    """Staff have changed the number that she signs in with."""
    said = _("工作人员删去了您登录用的手机号。如果您没有请她改，请马上联系本级妇联。")
    if member.phone:
        text = _("工作人员把您登录用的手机号改为 %(phone)s。如果不对，请马上联系本级妇联。")
        said = text % {"phone": member.masked_phone}
    tell(member_ids=[member.pk], text=said, now=now)
