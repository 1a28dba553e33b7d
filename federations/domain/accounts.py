"""Her account as staff keep it: name, phone, whether it works."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from federations.domain.names import note_names
from members.domain.accounts import follow_staffs_change
from members.domain.audit import record
from members.models import Action, Member


@transaction.atomic
def save_account(*, account: Member, changed: Collection[str], by: Member, now: datetime) -> Member:
    """Save what staff changed (`changed`: names of fields), on record, with what follows."""
    account.save()
    detail = {"fields": sorted(changed)}
    record(action=Action.ACCOUNT_CHANGED, by=by, subject=account, detail=detail)
    follow_staffs_change(account=account, changed=changed, by=by, now=now)
    note_names([account.name])
    return account
