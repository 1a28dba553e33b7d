"""Two managers at once: one of them is told."""

from datetime import date
from threading import Event
from time import sleep
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from federations.domain.appointments import end_appointment
from federations.domain.errors import RosterError
from federations.domain.history import stamp_of
from federations.domain.merging import merge_accounts
from federations.domain.roster import import_roster
from federations.domain.terms import Ballot, Newcomer, plan_renewal, renew_team
from federations.domain.transfers import transfer_member
from federations.models import AccountMerge, Appointment, Position, Renewal, Source
from tests.factories import make_committee_member, make_staff
from tests.federations.test_import_roster import row, write  # noqa: F401 a fixture
from tests.quizzes.test_attempt_races import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
THREADS = 4


def count_refused(work):
    def attempt(number):
        try:
            work(number)
        except RosterError:
            return 1
        return 0

    return sum(at_once(attempt, THREADS))


def test_of_several_transfers_one_is_done(tree):
    manager = make_staff(tree.town)
    old = make_committee_member(tree.village).appointments.get()
    stamp = stamp_of([old])

    refused = count_refused(
        lambda _number: transfer_member(
            appointment_id=old.pk,
            federation=tree.sibling_village,
            position=Position.MEMBER,
            source=Source.ADDED,
            on=date(2026, 1, 1),
            reason="嫁到邻村",
            by=manager,
            now=timezone.now(),
            stamp=stamp,
        )
    )

    assert (refused, Appointment.objects.count()) == (THREADS - 1, 2)


def test_of_several_new_terms_one_is_done(tree):
    manager = make_staff(tree.town)
    kept = make_committee_member(tree.village).appointments.get()
    ballot = Ballot(
        federation=tree.village,
        term="第六届",
        elected_on=date(2026, 1, 1),
        kept={kept.pk: "主席"},
        newcomers=[Newcomer("丁", "13912340001", "执委")],
    )
    stamp = plan_renewal(ballot=ballot, now=timezone.now()).stamp

    refused = count_refused(
        lambda _number: renew_team(
            ballot=ballot, token=uuid4(), stamp=stamp, by=manager, now=timezone.now()
        )
    )

    assert (refused, Renewal.objects.count(), Appointment.objects.count()) == (THREADS - 1, 1, 3)


def test_one_form_sent_several_times_is_one_new_term(tree):
    manager, token = make_staff(tree.town), uuid4()
    kept = make_committee_member(tree.village).appointments.get()
    ballot = Ballot(tree.village, "第六届", date(2026, 1, 1), {kept.pk: "主席"})
    stamp = plan_renewal(ballot=ballot, now=timezone.now()).stamp

    refused = count_refused(
        lambda _number: renew_team(
            ballot=ballot, token=token, stamp=stamp, by=manager, now=timezone.now()
        )
    )

    assert (refused, Renewal.objects.count()) == (0, 1)


def test_of_two_merges_into_each_other_one_is_done(tree):
    manager = make_staff(tree.town)
    pair = [make_committee_member(tree.village), make_committee_member(tree.sibling_village)]

    refused = count_refused(
        lambda number: merge_accounts(
            kept_id=pair[number % 2].pk,
            gone_id=pair[1 - number % 2].pk,
            by=manager,
            reason="本人说明",
            now=timezone.now(),
        )
    )

    assert (refused, AccountMerge.objects.count()) == (THREADS - 1, 1)


def test_import_does_not_undo_what_is_being_written(tree, write):  # noqa: F811
    manager, member = make_staff(tree.town), make_committee_member(tree.village)
    old = member.appointments.get()
    path = write(row(member.name, member.phone, term="第六届"))
    is_written = Event()

    def work(number):
        if number:
            is_written.wait(timeout=10)
            import_roster(path=path, apply=True)
            return
        with transaction.atomic():
            end_appointment(
                appointment_id=old.pk,
                ends_on=date(2026, 1, 1),
                reason="退休",
                by=manager,
                now=timezone.now(),
            )
            is_written.set()
            sleep(0.5)

    at_once(work, 2)

    old.refresh_from_db()
    assert (old.ends_on, old.term) == (date(2026, 1, 1), "第六届")
