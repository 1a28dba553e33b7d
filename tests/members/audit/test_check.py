"""The chain shows every change, gap and cut, also of who can take the triggers away."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from members.domain.audit import mac_of, prune_entries, record, seal_entries
from members.domain.audit_check import Fault, check_trail
from members.models import AUDIT_GUARD, Action, AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail(member):
    for rows in range(5):
        record(action=Action.EXPORTED, by=member, detail={"rows": rows})
    seal_entries()
    return member


@pytest.fixture
def unguarded(trail):
    AUDIT_GUARD.lift(connection)


def faults(**given) -> list[Fault]:
    return list(check_trail(now=timezone.now(), **given).faults)


def test_untouched_trail_has_no_faults(trail):
    report = check_trail(now=timezone.now())

    assert (report.checked, report.head.sequence, report.faults) == (5, 5, ())


def test_links_go_on_where_they_ended(trail):
    record(action=Action.EXPORTED, by=trail)

    assert (seal_entries(), faults()) == (1, [])


def test_changed_row_is_found(unguarded):
    AuditEntry.objects.filter(sequence=3).update(actor_id=999)

    assert faults() == [Fault("changed", 3)]


def test_changed_row_with_a_digest_of_another_key_is_found(unguarded, settings):
    entry = AuditEntry.objects.get(sequence=3)
    entry.actor_id = 999
    settings.AUDIT_KEY = "guessed"
    AuditEntry.objects.filter(sequence=3).update(actor_id=999, mac=mac_of(entry))
    settings.AUDIT_KEY = "tests-only"

    assert faults() == [Fault("changed", 3), Fault("link", 3)]


def test_row_taken_from_the_middle_is_found(unguarded):
    AuditEntry.objects.filter(sequence=3)._raw_delete("default")

    assert faults() == [Fault("gap", 3), Fault("link", 4)]


def test_cut_off_beginning_is_found(unguarded):
    AuditEntry.objects.filter(sequence__lte=2)._raw_delete("default")

    assert faults()[0] == Fault("cut", 3)


def test_cut_off_end_is_found_by_an_earlier_head(unguarded):
    head = check_trail(now=timezone.now()).head
    AuditEntry.objects.filter(sequence=5)._raw_delete("default")

    assert (faults(), faults(expected=head)) == ([], [Fault("missing_head", 5)])


def test_row_held_back_from_the_chain_is_found(trail):
    late = record(action=Action.EXPORTED, by=trail)

    report = check_trail(now=timezone.now() + timedelta(hours=1))

    assert list(report.faults) == [Fault("unlinked", late.pk)]


def test_pruned_trail_is_whole(unguarded, trail):
    # Only the database's own clock knows six months: the guard is off here.
    cut = AuditEntry.objects.get(sequence=4).at

    assert prune_entries(before=cut) == 3
    assert (AuditEntry.objects.count(), faults()) == (3, [])
    assert (seal_entries(), faults()) == (1, [])


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_sealers_at_once_make_one_chain(member):
    for _ in range(40):
        record(action=Action.EXPORTED, by=member)

    def seal():
        seal_entries()
        connection.close()

    threads = [Thread(target=seal) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    report = check_trail(now=timezone.now())
    assert (report.checked, report.faults) == (40, ())
