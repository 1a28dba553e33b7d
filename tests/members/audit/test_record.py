"""What is written down, and that nobody takes it back."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from members.domain.audit import prune_entries, record, seal_entries
from members.models import Action, AuditEntry
from members.origin import Origin, coming_from
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def test_record_says_who_did_what_to_whom_from_where(member):
    other = make_member("黄玉兰")

    with coming_from(lambda: Origin("198.51.100.7", "MicroMessenger", "r1")):
        record(action=Action.EXPORTED, by=member, subject=other, detail={"rows": 3})

    entry = AuditEntry.objects.get()
    said = (entry.actor_id, entry.subject_kind, entry.subject_id, entry.address, entry.detail)
    assert said == (member.pk, "members.member", str(other.pk), "198.51.100.7", {"rows": 3})


def test_record_goes_with_the_transaction_of_the_deed(member):
    with transaction.atomic():
        record(action=Action.EXPORTED, by=member)
        transaction.set_rollback(True)

    assert not AuditEntry.objects.exists()


def test_request_leaves_its_address_and_device(client, member):
    client.force_login(member)

    with_middleware = client.get("/me/", headers={"user-agent": "MicroMessenger/8.0"})

    assert with_middleware.status_code == 200
    # Nothing was written down, and nothing is left behind for the next one.
    assert record(action=Action.EXPORTED, by=member).address == ""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE members_auditentry SET actor_id = 1",
        "UPDATE members_auditentry SET chain = 'x'",
        "UPDATE members_auditentry SET sequence = 9, chain = 'x', actor_id = 1",
        "DELETE FROM members_auditentry",
    ],
)
def test_database_refuses_to_change_what_is_written(member, statement):
    record(action=Action.EXPORTED, by=member)
    seal_entries()

    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        connection.cursor().execute(statement)


def test_sealed_row_is_not_sealed_anew(member):
    record(action=Action.EXPORTED, by=member)
    seal_entries()

    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        connection.cursor().execute("UPDATE members_auditentry SET sequence = 7")


def test_young_rows_are_not_pruned_whoever_asks(member):
    record(action=Action.EXPORTED, by=member)
    record(action=Action.EXPORTED, by=member)
    seal_entries()

    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        prune_entries(before=_time_of_the_second())


def _time_of_the_second():
    return AuditEntry.objects.order_by("-pk")[0].at


def test_nothing_to_prune_writes_nothing(member):
    record(action=Action.EXPORTED, by=member)
    seal_entries()

    assert prune_entries(before=timezone.now() - timedelta(days=200)) == 0
    assert AuditEntry.objects.count() == 1
