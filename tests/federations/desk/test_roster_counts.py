"""Pages about people take as many queries for thirty as for one."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from federations.domain.appointments import correct_appointment
from federations.domain.names import note_names
from tests.counting import count_queries
from tests.factories import make_appointment, make_committee_member, make_staff, make_village

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client, tree):
    manager = make_staff(tree.town)
    client.force_login(manager)
    return manager


def test_form_of_a_new_term(client, tree, manager):
    def count():
        return count_queries(client, "desk_roster_renewal", f"?federation={tree.village.pk}")

    make_committee_member(tree.village)
    before = count()
    for _each in range(29):
        make_committee_member(tree.village)

    assert count() == before


def test_namesakes_who_may_be_merged(client, tree, manager):
    first = make_committee_member(tree.village)
    note_names([first.name])

    def count():
        return count_queries(client, "desk_roster_merge", f"?first={first.pk}")

    make_committee_member(tree.village)
    before = count()
    for _each in range(15):
        make_committee_member(tree.sibling_village)

    assert count() == before


def test_page_of_a_member_with_a_long_history(client, tree, manager):
    member = make_committee_member(tree.village)

    def count():
        return count_queries(client, reverse("desk_roster_member", args=[member.pk]))

    correct(member.appointments.get(), "第一届", manager)
    before = count()
    for number in range(29):
        place = make_village(tree.town, f"新村{number}", f"4414031010{number + 10}")
        row = make_appointment(member, place, is_counted=False)
        correct(row, f"第{number}届", manager)

    assert count() == before


def correct(appointment, term, by):
    correct_appointment(
        appointment_id=appointment.pk,
        position=appointment.position,
        term=term,
        source=appointment.source,
        starts_on=date(2024, 1, 1),
        ends_on=None,
        reason="登记错",
        by=by,
        now=timezone.now(),
    )
