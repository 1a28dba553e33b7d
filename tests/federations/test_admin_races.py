"""A double press: both pass the form's check, the database refuses the second."""

import pytest
from django.db import connection
from django.urls import reverse

from federations.models import Appointment, Position
from members.models import Member
from tests.factories import make_appointment, make_committee_member, make_member

pytestmark = pytest.mark.django_db

PHONE = "13511112222"
PHONE_TAKEN = "这个手机号已经登记过。请核对号码；如果是同一个人，请由上级妇联添加她的任职。"
SAVED_MEANWHILE = "刚刚已经保存过同样的记录，请回到列表核对，不用重复提交。"


@pytest.fixture
def rival():
    """Runs `act` just before the statement that begins with `before` reaches the database."""

    class Rival:
        def __init__(self, before, act):
            self.before, self.act = before, act

        def __call__(self, execute, sql, params, many, context):
            if self.act is not None and sql.startswith(self.before):
                act, self.act = self.act, None
                act()
            return execute(sql, params, many, context)

    return Rival


def enrolment(federation):
    return {
        "name": "黄小梅",
        "phone": PHONE,
        "federation": federation.pk,
        "position": "执委",
        "term": "第三届",
        "source": "选举",
        "starts_on": "2026-01-01",
    }


def test_enrolling_twice_is_explained(client, tree, manager, rival, caplog):
    client.force_login(manager)
    first = rival('INSERT INTO "members_member"', lambda: make_member(phone=PHONE))

    with connection.execute_wrapper(first):
        response = client.post(reverse("accounts:add"), enrolment(tree.village))

    assert response.context["form"].errors == {"phone": [PHONE_TAKEN]}
    # The rival shares the connection here, so that she goes with what is rolled back.
    assert (Member.objects.count(), Appointment.objects.count()) == (1, 0)
    assert PHONE not in caplog.text


def test_phone_taken_while_it_is_changed_is_explained(client, tree, manager, rival):
    member = make_committee_member(tree.village)
    client.force_login(manager)
    first = rival('UPDATE "members_member"', lambda: make_member(phone=PHONE))

    with connection.execute_wrapper(first):
        response = client.post(
            reverse("accounts:edit", args=[member.pk]),
            {"name": member.name, "phone": PHONE, "is_active": "on"},
        )

    assert response.context["form"].errors == {"phone": [PHONE_TAKEN]}


def test_appointment_saved_twice_is_explained(client, tree, manager, rival):
    member = make_committee_member(tree.village)
    client.force_login(manager)
    data = {"member": member.pk, "federation": tree.town.pk, "position": Position.STANDING}
    data |= {"term": "", "source": "选举", "starts_on": "2026-01-01", "ends_on": ""}

    def add():
        make_appointment(
            member,
            tree.town,
            position=Position.STANDING,
            starts_on="2026-01-01",
            is_counted=False,
        )

    with connection.execute_wrapper(rival('INSERT INTO "federations_appointment"', add)):
        response = client.post(reverse("appointment:add"), data)

    assert response.context["form"].non_field_errors() == [SAVED_MEANWHILE]
    assert member.appointments.count() == 1
