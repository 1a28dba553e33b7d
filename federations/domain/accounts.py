"""Her account as staff keep it: name, phone, whether it works."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from federations.domain.names import note_names
from members.domain.accounts import tell_new_phone
from members.domain.audit import record
from members.domain.devices import end_sessions
from members.models import Action, Member

SIGN_IN_FIELDS = {"phone", "is_active"}


@transaction.atomic
def save_account(*, account: Member, changed: Collection[str], by: Member, now: datetime) -> Member:
    """Save what staff changed (`changed`: names of fields), on record.

    A new phone has yet to be shown to be hers, and she is told of it. Whoever was in by the old
    one, or by an account that was put out of use, is out.
    """
    if "phone" in changed:
        account.phone_verified_at = None
    account.save()
    detail = {"fields": sorted(changed)}
    record(action=Action.ACCOUNT_CHANGED, by=by, subject=account, detail=detail)
    if not SIGN_IN_FIELDS.isdisjoint(changed):
        end_sessions(member=account, by=by, why="account")
    if "phone" in changed:
        tell_new_phone(member=account, now=now)
    note_names([account.name])
    return account
