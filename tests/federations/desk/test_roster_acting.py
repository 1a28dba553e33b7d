"""What managers do with appointments at the desk, and who may not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from federations.desk.members_acting import ACTS
from federations.domain.history import stamp_of
from federations.models import Appointment, AppointmentEvent, Position, Source, StaffRoleType
from members.models import Member
from tests.factories import make_appointment, make_committee_member, make_staff

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def manager(tree):
    return make_staff(tree.town)


@pytest.fixture
def appointment(tree):
    return make_committee_member(tree.village).appointments.get()


def days_ago(days):
    return timezone.localdate() - timedelta(days)


def typed(appointment, name):
    """A form that is filled in rightly."""
    forms = {
        "transfer": {
            "place": "小黄村",
            "position": Position.MEMBER,
            "on": days_ago(1),
            "source": Source.ADDED,
            "reason": "嫁到邻村",
        },
        "position": {
            "position": Position.CHAIR,
            "on": days_ago(1),
            "source": Source.ELECTED,
            "reason": "补选",
        },
        "end": {"ends_on": days_ago(1), "reason": "退休"},
        "count": {},
        "correct": {
            "position": Position.STANDING,
            "source": Source.ELECTED,
            "starts_on": "2024-03-01",
            "reason": "登记错",
        },
    }
    return forms[name] | {"stamp": stamp_of([appointment])}


def send(client, appointment, name, **fields):
    address = reverse("desk_roster_act", args=[appointment.pk, name])
    place = f"?federation={appointment.federation_id}"
    return client.post(address + place, typed(appointment, name) | {"confirm": "1"} | fields)


def positions():
    rows = Appointment.objects.order_by("pk")
    return list(rows.values_list("federation__name", "position", "is_counted"))


def test_transfer_says_what_will_follow_before_it_is_done(client, tree, manager, appointment):
    client.force_login(manager)
    address = reverse("desk_roster_act", args=[appointment.pk, "transfer"])

    page = client.post(address, typed(appointment, "transfer"))

    assert page.templates[0].name == "pages/desk/roster/confirm.html"
    assert [each for each in page.context["lines"] if "小黄村" in each]
    assert Appointment.objects.count() == 1


def test_transfer_is_done(client, tree, manager, appointment):
    client.force_login(manager)

    answer = send(client, appointment, "transfer")

    assert answer.status_code == 302
    assert positions() == [("大黄村", "执委", False), ("小黄村", "执委", True)]
    assert AppointmentEvent.objects.filter(by=manager, reason="嫁到邻村").count() == 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("position", [("大黄村", "执委", False), ("大黄村", "主席", True)]),
        ("end", [("大黄村", "执委", True)]),
        ("count", [("大黄村", "执委", True)]),
        ("correct", [("大黄村", "常委", True)]),
    ],
)
def test_acts_are_done(client, manager, appointment, name, expected):
    client.force_login(manager)

    assert send(client, appointment, name).status_code == 302
    assert positions() == expected


def test_pressing_twice_transfers_once(client, manager, appointment):
    client.force_login(manager)
    form = typed(appointment, "transfer")
    send(client, appointment, "transfer")

    again = send(client, appointment, "transfer", **form)

    assert "有人改过" in again.content.decode()
    assert Appointment.objects.count() == 2


@pytest.mark.parametrize("name", list(ACTS))
def test_acts_are_for_managers_of_the_place(client, tree, appointment, name):
    people = {
        "teammate": (make_staff(tree.village), 302),
        "superior": (make_staff(tree.city), 302),
        "viewer": (make_staff(tree.town, StaffRoleType.VIEWER), 403),
        "editor": (make_staff(tree.town, StaffRoleType.EDITOR), 403),
        "sibling": (make_staff(tree.sibling_village), 404),
        "stranger": (make_staff(tree.other_city), 404),
        "herself": (appointment.member, 403),
    }
    refused = {}
    for who, (person, expected) in people.items():
        if expected != 302:
            client.force_login(person)
            refused[who] = send(client, appointment, name).status_code

    assert refused == {
        who: expected for who, (_person, expected) in people.items() if expected != 302
    }
    assert not AppointmentEvent.objects.exists()
    client.force_login(people["superior"][0])
    assert send(client, appointment, name).status_code == 302


def test_target_out_of_her_scope_is_unknown(client, tree, manager, appointment):
    client.force_login(manager)

    page = send(client, appointment, "transfer", place=tree.other_village.name)

    assert page.context["form"].errors["place"] == ["您的管理范围里没有这个妇联，请核对名称。"]
    assert page.context["form"]["reason"].value() == "嫁到邻村"


def test_several_places_of_one_name_are_offered(client, tree, manager, appointment):
    client.force_login(manager)

    asked = send(client, appointment, "transfer", place="黄村")
    chosen = send(client, appointment, "transfer", place="黄村", place_id=tree.sibling_village.pk)

    assert [name for _pk, name in asked.context["form"].fields["place_id"].widget.choices] == [
        "松口镇 大黄村",
        "松口镇 小黄村",
    ]
    assert chosen.status_code == 302


def test_weighty_act_asks_first(client, manager, appointment):
    client.force_login(manager)

    pages = {
        name: client.get(reverse("desk_roster_act", args=[appointment.pk, name])).content.decode()
        for name in ("transfer", "position")
    }

    assert {name: "下一步" in text for name, text in pages.items()} == {
        "transfer": True,
        "position": False,
    }


def test_unknown_act_does_not_exist(client, manager, appointment):
    client.force_login(manager)
    address = reverse("desk_roster_act", args=[appointment.pk, "promote"])

    assert client.get(address).status_code == 404


def enter(client, place, **fields):
    form = {
        "name": "黄丽芬",
        "phone": "13912340001",
        "position": "执委",
        "source": "增补",
        "starts_on": "2026-01-01",
    }
    address = reverse("desk_roster_appoint")
    return client.post(f"{address}?federation={place.pk}", form | fields)


def test_new_person_gets_an_account_and_an_appointment(client, tree, manager):
    client.force_login(manager)

    enter(client, tree.village, reason="补选")

    member = Member.objects.get(phone="13912340001")
    assert member.appointments.get().federation == tree.village
    assert AppointmentEvent.objects.get(member=member).reason == "补选"


def test_known_person_gets_another_appointment(client, tree, manager, appointment):
    client.force_login(manager)

    enter(client, tree.sibling_village, name="陈秀英", phone=appointment.member.phone)

    assert positions() == [("大黄村", "执委", True), ("小黄村", "执委", False)]


def test_known_phone_with_another_name_is_refused_without_telling_whose(client, tree, manager):
    stranger = make_committee_member(tree.other_village, "罗敏")
    client.force_login(manager)

    page = enter(client, tree.village, phone=stranger.phone)

    assert "name" in page.context["form"].errors
    assert "罗敏" not in page.content.decode()
    assert page.context["form"]["name"].value() == "黄丽芬"


def test_namesake_without_phone_is_no_second_account(client, tree, manager, appointment):
    client.force_login(manager)

    page = enter(client, tree.village, name="陈秀英", phone="")

    assert "name" in page.context["form"].errors
    assert Member.objects.filter(name="陈秀英").count() == 1


@pytest.mark.parametrize("role", [StaffRoleType.VIEWER, StaffRoleType.EDITOR])
def test_appointing_is_for_managers(client, tree, role):
    client.force_login(make_staff(tree.town, role))

    assert enter(client, tree.village).status_code == 403


def test_past_appointment_is_only_corrected(client, tree, manager, appointment):
    make_appointment(
        appointment.member,
        tree.sibling_village,
        is_counted=False,
        ends_on=days_ago(30),
    )
    client.force_login(manager)

    page = client.get(reverse("desk_roster_member", args=[appointment.member_id]))

    ways = {e.federation.name: [w[0] for w in e.ways] for e in page.context["appointments"]}
    assert ways == {"大黄村": ["调动", "改职务", "离任", "更正"], "小黄村": ["更正"]}
