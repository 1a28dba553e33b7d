"""What a member changes of her own account."""

from django.db import transaction

from members.domain.audit import record
from members.models import Action, Member


@transaction.atomic
def change_email(*, member: Member, email: str) -> None:
    """An empty address takes it away."""
    if member.email == email:
        return
    member.email = email
    member.save(update_fields=["email"])
    record(action=Action.DATA_CORRECTED, by=member, subject=member, detail={"field": "email"})
