"""换届: a whole team's new term in one step."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from federations.desk.terms_forms import read_newcomer
from federations.domain.appointments import end_appointment
from federations.domain.roster.values import CellError
from federations.models import Appointment, AppointmentEvent, Renewal, StaffRoleType
from members.models import Member
from tests.factories import make_appointment, make_committee_member, make_staff

pytestmark = pytest.mark.usefixtures("home")
HIDDEN = re.compile(r'type="hidden" name="(\w[\w-]*)" value="([^"]*)"')


@pytest.fixture
def manager(tree):
    return make_staff(tree.town)


@pytest.fixture
def team(tree):
    return [make_committee_member(tree.village, name).appointments.get() for name in "甲乙丙"]


def elected_on():
    return timezone.localdate() - timedelta(5)


def place_of(tree):
    return f"{reverse('desk_roster_renewal')}?federation={tree.village.pk}"


def fill_in(client, tree, team, **fields):
    """The form with the first two staying, one of them as 主席, and two newcomers."""
    form = client.get(place_of(tree)).context["form"]
    data = {
        "stamp": form["stamp"].value(),
        "token": str(form["token"].value()),
        "term": "第六届",
        "elected_on": elected_on(),
        "newcomers": "丁 13912340001 副主席\n戊\t13912340002",
    }
    for each, stays in zip(team, (True, True, False), strict=True):
        data |= {f"who-{each.pk}": "stays" if stays else "leaves", f"position-{each.pk}": "执委"}
    return data | {f"position-{team[0].pk}": "主席"} | fields


def look(client, tree, data):
    return client.post(place_of(tree), data)


def confirm(client, tree, data):
    seen = look(client, tree, data).context["outcome"]
    return client.post(place_of(tree), data | {"outcome": seen.stamp, "confirm": "1"})


def now_serving(place):
    rows = place.appointments.in_force(timezone.localdate()).order_by("pk")
    return list(rows.values_list("member__name", "position", "term", "is_counted"))


def test_preview_says_who_stays_leaves_and_joins(client, tree, manager, team):
    client.force_login(manager)

    outcome = look(client, tree, fill_in(client, tree, team)).context["outcome"]

    assert [each.member.name for each, _position in outcome.staying] == ["甲", "乙"]
    assert [each.member.name for each in outcome.leaving] == ["丙"]
    assert [each.newcomer.name for each in outcome.joining] == ["丁", "戊"]
    assert (outcome.before, outcome.after) == (3, 4)
    assert (outcome.counted_before, outcome.counted_after) == (3, 4)
    assert Appointment.objects.count() == 3


def test_new_term_is_done_in_one_step(client, tree, manager, team):
    client.force_login(manager)

    confirm(client, tree, fill_in(client, tree, team))

    assert now_serving(tree.village) == [
        ("甲", "主席", "第六届", True),
        ("乙", "执委", "第六届", True),
        ("丁", "副主席", "第六届", True),
        ("戊", "执委", "第六届", True),
    ]
    ended = Appointment.objects.filter(pk__in=[each.pk for each in team])
    assert {each.ends_on for each in ended} == {elected_on() - timedelta(1)}
    renewal = Renewal.objects.get()
    assert (renewal.stayed, renewal.left, renewal.joined) == (2, 1, 2)
    kinds = AppointmentEvent.objects.values_list("kind", flat=True)
    assert sorted(kinds) == ["elected"] * 2 + ["replaced"] + ["stayed"] * 4


def test_confirming_twice_does_it_once(client, tree, manager, team):
    client.force_login(manager)
    data = fill_in(client, tree, team)
    seen = look(client, tree, data).context["outcome"]
    last = data | {"outcome": seen.stamp, "confirm": "1"}

    answers = [client.post(place_of(tree), last).status_code for _each in range(2)]

    assert answers == [302, 302]
    assert Renewal.objects.count() == 1
    assert len(now_serving(tree.village)) == 4


def end(appointment, by):
    end_appointment(
        appointment_id=appointment.pk,
        ends_on=timezone.localdate(),
        reason="退休",
        by=by,
        now=timezone.now(),
    )


def test_team_that_changed_before_the_preview_is_refused(client, tree, manager, team):
    client.force_login(manager)
    data = fill_in(client, tree, team)
    end(team[2], manager)

    page = look(client, tree, data)

    assert "有人改过" in page.content.decode()
    assert page.context["form"]["newcomers"].value() == data["newcomers"]


def test_team_that_changed_after_the_preview_is_refused(client, tree, manager, team):
    client.force_login(manager)
    data = fill_in(client, tree, team)
    seen = look(client, tree, data).context["outcome"]
    end(team[2], manager)

    page = client.post(place_of(tree), data | {"outcome": seen.stamp, "confirm": "1"})

    assert "有人改过" in page.content.decode()
    assert not Renewal.objects.exists()
    assert page.context["form"]["term"].value() == "第六届"


def test_who_counts_elsewhere_goes_on_counting_there(client, tree, manager, team):
    other = make_committee_member(tree.other_village, "丁")
    client.force_login(manager)
    data = fill_in(client, tree, team, newcomers=f"丁 {other.phone}")

    page = look(client, tree, data)
    confirm(client, tree, data)

    assert tree.other_village.name not in page.content.decode()
    assert other.appointments.get(is_counted=True).federation == tree.other_village
    assert ("丁", "执委", "第六届", False) in now_serving(tree.village)


def test_past_mark_gives_way_to_the_new_term(client, tree, manager, team):
    other = make_committee_member(tree.sibling_village, "丁")
    other.appointments.update(ends_on=timezone.localdate() - timedelta(100))
    client.force_login(manager)

    confirm(client, tree, fill_in(client, tree, team, newcomers=f"丁 {other.phone}"))

    assert other.appointments.get(is_counted=True).federation == tree.village


@pytest.mark.parametrize(
    ("newcomers", "words"),
    [
        ("丁 1391234000", "第 1 行"),
        ("丁 13912340001\n戊 13912340001", "手机号相同"),
        ("丁 13912340001 主任", "职务应为"),
        ("甲", "同名"),
        ("丁\n丁 主席", "同名"),
    ],
)
def test_faults_in_the_list_are_told_and_kept(client, tree, manager, team, newcomers, words):
    client.force_login(manager)

    page = look(client, tree, fill_in(client, tree, team, newcomers=newcomers))

    errors = page.context["form"].errors["newcomers"]
    assert words in "".join(errors)
    assert page.context["form"]["newcomers"].value() == newcomers
    assert Appointment.objects.count() == 3


def test_day_to_come_is_refused(client, tree, manager, team):
    client.force_login(manager)
    tomorrow = timezone.localdate() + timedelta(1)

    page = look(client, tree, fill_in(client, tree, team, elected_on=tomorrow))

    assert "elected_on" in page.context["form"].errors


def test_day_before_their_term_began_is_refused(client, tree, manager, team):
    client.force_login(manager)

    page = look(client, tree, fill_in(client, tree, team, elected_on="2023-06-01"))

    assert "甲、乙、丙" in "".join(page.context["form"].errors["elected_on"])


def test_typed_phones_go_along_hidden_and_masked_elsewhere(client, tree, manager, team):
    client.force_login(manager)

    page = look(client, tree, fill_in(client, tree, team)).content.decode()

    shown = HIDDEN.sub("", page)
    assert "13912340001" in dict(HIDDEN.findall(page))["newcomers"]
    assert "13912340001" not in shown


@pytest.mark.parametrize(
    ("who", "status"),
    [("viewer", 403), ("sibling", 404), ("stranger", 404), ("superior", 200)],
)
def test_new_term_is_for_managers_of_the_place(client, tree, who, status):
    people = {
        "viewer": lambda: make_staff(tree.town, StaffRoleType.VIEWER),
        "sibling": lambda: make_staff(tree.sibling_village),
        "stranger": lambda: make_staff(tree.other_city),
        "superior": lambda: make_staff(tree.city),
    }
    client.force_login(people[who]())

    assert client.get(place_of(tree)).status_code == status


def test_appointments_of_other_teams_cannot_be_slipped_in(client, tree, manager, team):
    other = make_appointment(
        make_committee_member(tree.other_village), tree.other_city, is_counted=False
    )
    client.force_login(manager)

    confirm(client, tree, fill_in(client, tree, team, **{f"who-{other.pk}": "stays"}))

    other.refresh_from_db()
    assert other.ends_on is None
    assert Member.objects.filter(name__in="丁戊").count() == 2


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("丁 13912340001 副主席", ("丁", "13912340001", "副主席")),
        ("副主席,丁,139-1234-0001", ("丁", "13912340001", "副主席")),
        ("丁", ("丁", "", "执委")),
    ],
)
def test_line_of_the_list_is_read_in_any_order(line, read):
    found = read_newcomer(line)

    assert (found.name, found.phone, found.position) == read


@pytest.mark.parametrize("line", ["13912340001", "丁 主席 副主席", "丁 139123"])
def test_line_that_is_no_person_is_refused(line):
    with pytest.raises(CellError):
        read_newcomer(line)
