"""Changes of an account: her own, and what she is told of those by staff."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from members.domain.audit import record
from members.domain.devices import end_sessions
from members.domain.notices import tell
from members.models import Action, Member

# What lets somebody in, or lets her do more: whoever is in by the old one is out.
SIGN_IN_FIELDS = {"phone", "password1", "is_active", "is_superuser", "groups"}


@transaction.atomic
def change_email(*, member: Member, email: str) -> None:
    """An empty address takes it away."""
    if member.email == email:
        return
    member.email = email
    member.save(update_fields=["email"])
    record(action=Action.DATA_CORRECTED, by=member, subject=member, detail={"field": "email"})


@transaction.atomic
def follow_staffs_change(
    *, account: Member, changed: Collection[str], by: Member, now: datetime
) -> None:
    """What follows when somebody else has changed an account; `changed`: names of fields.

    A new phone has yet to be shown to be hers, and she is told of it. Whoever was in by what was
    changed is out.
    """
    if "phone" in changed:
        account.phone_verified_at = None
        account.save(update_fields=["phone_verified_at"])
        _tell_new_phone(member=account, now=now)
    if not SIGN_IN_FIELDS.isdisjoint(changed):
        end_sessions(member=account, by=by, why="account")


def _tell_new_phone(*, member: Member, now: datetime) -> None:
    said = _("工作人员删去了您登录用的手机号。如果您没有请她改，请马上联系本级妇联。")
    if member.phone:
        text = _("工作人员把您登录用的手机号改为 %(phone)s。如果不对，请马上联系本级妇联。")
        said = text % {"phone": member.masked_phone}
    tell(member_ids=[member.pk], text=said, now=now)
