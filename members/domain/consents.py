"""Agreeing to the documents, and taking that back."""

from datetime import datetime

from django.db import transaction

from members.documents import current_versions
from members.domain.audit import record
from members.models import Action, Consent, ConsentWay, Member


def has_agreed(member: Member) -> bool:
    """Whether she has agreed to the version of every document that is in force now."""
    return not _missing(member)


@transaction.atomic
def give_consent(*, member: Member, way: ConsentWay, now: datetime) -> None:
    """Note that she agreed to what is in force now; a second time changes nothing."""
    missing = _missing(member)
    if not missing:
        return
    rows = [
        Consent(member=member, document=name, version=version, way=way, given_at=now)
        for name, version in missing.items()
    ]
    Consent.objects.bulk_create(rows, ignore_conflicts=True)
    record(action=Action.CONSENT_GIVEN, by=member, subject=member, detail={"way": way, **missing})


@transaction.atomic
def withdraw_consent(*, member: Member, now: datetime) -> None:
    """From now on she is asked again before she can go on. Harmless when nothing was given."""
    rows = Consent.objects.filter(member=member, withdrawn_at=None)
    if rows.update(withdrawn_at=now):
        record(action=Action.CONSENT_WITHDRAWN, by=member, subject=member)


def _missing(member: Member) -> dict[str, str]:
    given = Consent.objects.filter(member=member, withdrawn_at=None)
    have = set(given.values_list("document", "version"))
    return {
        name: version for name, version in current_versions().items() if (name, version) not in have
    }
