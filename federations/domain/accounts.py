"""Her account as staff keep it: name, phone, whether it works."""

from collections.abc import Iterable

from django.db import transaction

from federations.domain.names import note_names
from members.domain.audit import record
from members.models import Action, Member


@transaction.atomic
def save_account(*, account: Member, changed: Iterable[str], by: Member) -> Member:
    """Save what staff changed, on record. A new phone has yet to be shown to be hers."""
    if "phone" in changed:
        account.phone_verified_at = None
    account.save()
    detail = {"fields": sorted(changed)}
    record(action=Action.ACCOUNT_CHANGED, by=by, subject=account, detail=detail)
    note_names([account.name])
    return account
