"""Writing to the audit trail, and linking what was written into a chain."""

import hmac
import json
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from members.models import Action, AuditEntry, Member
from members.origin import current_origin

BATCH = 2000
# PostgreSQL: one process links at a time ("audit" in ASCII).
LOCK = 0x6175646974
LINK = "UPDATE members_auditentry SET sequence = %s, chain = %s WHERE id = %s"


def record(
    *,
    action: Action,
    by: Member | None,
    subject: models.Model | None = None,
    detail: dict | None = None,
) -> AuditEntry:
    """Write down that `by` (None: nobody signed in, or the clock) did `action` to `subject`.

    Belongs into the transaction of the deed, so that neither is there without the other. `detail`
    holds ids and short codes, never a name, a phone or a code.
    """
    origin = current_origin()
    entry = AuditEntry(
        at=timezone.now(),
        action=action,
        actor_id=by.pk if by else None,
        subject_kind=subject._meta.label_lower if subject else "",
        subject_id=str(subject.pk) if subject else "",
        address=origin.address,
        device=origin.device,
        request_id=origin.request_id,
        detail=detail or {},
    )
    entry.mac = mac_of(entry)
    entry.save(force_insert=True)
    return entry


def note_phone_view(*, by: Member, member: Member) -> None:
    """Write down that `by` saw the whole number; nothing for who has none."""
    if member.phone:
        detail = {"field": "phone"}
        record(action=Action.PERSONAL_DATA_VIEWED, by=by, subject=member, detail=detail)


def mac_of(entry: AuditEntry) -> str:
    """HMAC-SHA256 over what the row says; 64 hexadecimal digits."""
    said = [
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        *(entry.action, entry.actor_id, entry.subject_kind, entry.subject_id),
        *(entry.address, entry.device, entry.request_id, entry.detail),
    ]
    return _digest(json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def chain_of(*, before: str, sequence: int, mac: str) -> str:
    """HMAC-SHA256 over the chain so far, the row's number and its own digest."""
    return _digest(f"{before}:{sequence}:{mac}")


def seal_entries() -> int:
    """Number the rows that were written since and link each to the one before; how many.

    Apart from the writing: a chain grown by the writers themselves would make each wait for the
    transaction of every other.
    """
    sealed = 0
    while batch := _seal_batch():
        sealed += batch
    return sealed


@transaction.atomic
def _seal_batch() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        sequence, chain = last_link()
        waiting = AuditEntry.objects.filter(sequence=None).order_by("pk")
        links = []
        for pk, mac in waiting.values_list("pk", "mac")[:BATCH]:
            sequence += 1
            chain = chain_of(before=chain, sequence=sequence, mac=mac)
            links.append((sequence, chain, pk))
        cursor.executemany(LINK, links)
    return len(links)


def last_link() -> tuple[int, str]:
    """The number and the chain of the newest linked row; (0, "") before the first."""
    linked = AuditEntry.objects.filter(sequence__isnull=False).order_by("-sequence")
    return linked.values_list("sequence", "chain").first() or (0, "")


@transaction.atomic
def prune_entries(*, before: datetime) -> int:
    """Take away linked rows older than `before` (183 days at least, which the database sees to).

    What goes is the beginning of the chain; a new row keeps the link at which it was cut.
    """
    kept = AuditEntry.objects.filter(sequence__isnull=False, at__gte=before)
    first_kept = kept.order_by("sequence").values_list("sequence", flat=True).first()
    going = AuditEntry.objects.filter(sequence__lt=first_kept or 0)
    cut = going.order_by("-sequence").values_list("sequence", "chain").first()
    if cut is None:
        return 0
    detail = {"up_to": cut[0], "chain": cut[1]}
    record(action=Action.PRUNED, by=None, detail=detail)
    return going._raw_delete(going.db)


def _digest(text: str) -> str:
    return hmac.digest(settings.AUDIT_KEY.encode(), text.encode(), "sha256").hex()
