"""Changing who serves where: what is written, what is refused, what the history tells."""

from datetime import UTC, date, datetime

import pytest

from federations.domain.appointments import (
    appoint,
    correct_appointment,
    count_at,
    end_appointment,
    remove_appointment,
)
from federations.domain.errors import RosterChanged, RosterError
from federations.domain.history import stamp_of
from federations.domain.transfers import transfer_member
from federations.models import (
    Appointment,
    AppointmentEvent,
    Position,
    RosterChange,
    Source,
    Unchangeable,
)
from tests.factories import make_appointment, make_committee_member, make_staff

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture
def manager(tree):
    return make_staff(tree.town)


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


def transfer(appointment, to, by, **fields):
    facts = {
        "position": Position.MEMBER,
        "source": Source.ADDED,
        "on": date(2026, 11, 1),
        "reason": "嫁到邻村",
        "by": by,
        "now": NOW,
    }
    return transfer_member(appointment_id=appointment.pk, federation=to, **facts | fields)


def kinds(member):
    return [each.kind for each in AppointmentEvent.objects.filter(member=member).order_by("pk")]


def test_transfer_ends_the_old_and_begins_the_new(tree, manager, member):
    old = member.appointments.get()

    new = transfer(old, tree.sibling_village, manager)

    old.refresh_from_db()
    assert (old.ends_on, old.is_counted) == (date(2026, 10, 31), False)
    assert (new.federation, new.starts_on, new.is_counted) == (
        tree.sibling_village,
        date(2026, 11, 1),
        True,
    )
    assert kinds(member) == ["left", "arrived"]
    assert set(RosterChange.objects.values_list("federation", flat=True)) == {
        tree.village.pk,
        tree.sibling_village.pk,
    }


def test_event_tells_who_when_what_and_why(tree, manager, member):
    transfer(member.appointments.get(), tree.sibling_village, manager)

    event = AppointmentEvent.objects.get(kind="left")
    assert (event.by, event.at, event.reason) == (manager, NOW, "嫁到邻村")
    assert event.changes == {"ends_on": [None, "2026-10-31"], "is_counted": [True, False]}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"on": date(2026, 11, 21)}, "on"),
        ({"on": date(2024, 1, 1)}, "on"),
    ],
)
def test_transfer_on_an_impossible_day_is_refused(tree, manager, member, fields, field):
    with pytest.raises(RosterError) as refused:
        transfer(member.appointments.get(), tree.sibling_village, manager, **fields)

    assert refused.value.field == field
    assert Appointment.objects.count() == 1


def test_transfer_to_where_she_serves_already_is_refused(tree, manager, member):
    make_appointment(member, tree.sibling_village, is_counted=False)

    with pytest.raises(RosterError):
        transfer(member.appointments.get(is_counted=True), tree.sibling_village, manager)

    assert not AppointmentEvent.objects.exists()


def test_change_of_position_is_a_transfer_within_the_federation(tree, manager, member):
    new = transfer(member.appointments.get(), tree.village, manager, position=Position.CHAIR)

    assert (new.position, new.is_counted) == (Position.CHAIR, True)
    assert kinds(member) == ["position", "position"]


def test_same_position_at_the_same_federation_is_no_transfer(tree, manager, member):
    with pytest.raises(RosterError):
        transfer(member.appointments.get(), tree.village, manager)


def test_ended_appointment_keeps_its_history(tree, manager, member):
    ended = end_appointment(
        appointment_id=member.appointments.get().pk,
        ends_on=TODAY,
        reason="退休",
        by=manager,
        now=NOW,
    )

    assert (ended.ends_on, ended.is_counted) == (TODAY, True)
    assert kinds(member) == ["ended"]


def test_end_before_the_start_is_refused(tree, manager, member):
    with pytest.raises(RosterError) as refused:
        end_appointment(
            appointment_id=member.appointments.get().pk,
            ends_on=date(2023, 12, 31),
            reason="退休",
            by=manager,
            now=NOW,
        )

    assert refused.value.field == "ends_on"


def test_end_cannot_reach_into_her_next_appointment_there(tree, manager, member):
    next_one = member.appointments.get()
    past = make_appointment(
        member,
        tree.village,
        starts_on=date(2020, 1, 1),
        ends_on=date(2023, 12, 31),
        is_counted=False,
    )

    with pytest.raises(RosterError):
        end_appointment(appointment_id=past.pk, ends_on=TODAY, reason="退休", by=manager, now=NOW)

    past.refresh_from_db()
    assert (past.ends_on, next_one.ends_on) == (date(2023, 12, 31), None)


def test_form_of_before_somebody_elses_change_is_refused(tree, manager, member):
    appointment = member.appointments.get()
    stamp = stamp_of([appointment])
    end = {"appointment_id": appointment.pk, "ends_on": TODAY, "reason": "退休"}
    end_appointment(**end, by=manager, now=NOW, stamp=stamp)

    with pytest.raises(RosterChanged):
        end_appointment(**end, by=manager, now=NOW, stamp=stamp)

    assert kinds(member) == ["ended"]


def give(member, place, by, **fields):
    facts = {
        "position": Position.MEMBER,
        "source": Source.ADDED,
        "starts_on": date(2026, 11, 1),
        "by": by,
        "now": NOW,
    }
    return appoint(member=member, federation=place, **facts | fields)


def test_second_appointment_leaves_the_counted_unit(tree, manager, member):
    new = give(member, tree.town, manager)

    assert not new.is_counted
    assert member.appointments.get(is_counted=True).federation == tree.village


def test_counted_unit_moves_when_it_is_asked_for(tree, manager, member):
    new = give(member, tree.town, manager, is_counted=True)

    assert [each.pk for each in member.appointments.filter(is_counted=True)] == [new.pk]
    assert kinds(member) == ["counted", "appointed"]


def test_counted_unit_of_another_branch_cannot_be_taken(tree, manager):
    member = make_committee_member(tree.other_village)

    with pytest.raises(RosterError) as refused:
        give(member, tree.village, manager, is_counted=True)

    assert refused.value.field == "is_counted"
    assert tree.other_village.name not in str(refused.value)


def test_past_mark_of_another_branch_gives_way(tree, manager):
    member = make_committee_member(tree.other_village)
    member.appointments.update(ends_on=date(2026, 6, 30))

    assert give(member, tree.village, manager).is_counted


def test_account_that_was_merged_away_meanwhile_gets_none(tree, manager, member):
    type(member).objects.filter(pk=member.pk).update(is_active=False)

    with pytest.raises(RosterError):
        give(member, tree.town, manager)

    assert member.appointments.count() == 1


def test_two_appointments_at_one_federation_at_a_time_are_refused(tree, manager, member):
    with pytest.raises(RosterError):
        give(member, tree.village, manager, position=Position.CHAIR)


def test_counted_unit_is_moved_within_her_care(tree, manager, member):
    other = make_appointment(member, tree.sibling_village, is_counted=False)

    count_at(appointment_id=other.pk, by=manager, now=NOW)

    assert member.appointments.get(is_counted=True) == other
    assert kinds(member) == ["counted", "counted"]


def test_appointment_of_the_past_cannot_count(tree, manager, member):
    past = make_appointment(member, tree.town, is_counted=False, ends_on=date(2025, 1, 1))

    with pytest.raises(RosterError):
        count_at(appointment_id=past.pk, by=manager, now=NOW)


def test_correction_mends_in_place(tree, manager, member):
    appointment = member.appointments.get()

    correct_appointment(
        appointment_id=appointment.pk,
        position=Position.CHAIR,
        term="第十三届",
        source=Source.ELECTED,
        starts_on=date(2024, 2, 1),
        ends_on=None,
        reason="日期登记错",
        by=manager,
        now=NOW,
    )

    event = AppointmentEvent.objects.get()
    assert event.kind == "corrected"
    assert event.changes == {
        "position": ["执委", "主席"],
        "term": ["", "第十三届"],
        "starts_on": ["2024-01-01", "2024-02-01"],
    }


def test_removed_appointment_leaves_a_line(tree, manager, member):
    remove_appointment(appointment=member.appointments.get(), by=manager, now=NOW)

    event = AppointmentEvent.objects.get()
    assert (event.kind, event.changes["position"]) == ("removed", ["执委", None])


def test_history_cannot_be_changed(tree, manager, member):
    transfer(member.appointments.get(), tree.sibling_village, manager)
    event = AppointmentEvent.objects.first()

    for change in (
        event.save,
        event.delete,
        AppointmentEvent.objects.all().delete,
        lambda: AppointmentEvent.objects.update(reason=""),
    ):
        with pytest.raises(Unchangeable):
            change()
