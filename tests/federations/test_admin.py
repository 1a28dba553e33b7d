"""Appointments and staff roles: added within the managed scope, never above it."""

import pytest
from django.urls import reverse

from federations.models import RosterChange, StaffRole
from tests.factories import make_committee_member

pytestmark = pytest.mark.django_db


def appointment_data(member, federation, **fields):
    return {
        "member": member.pk,
        "federation": federation.pk,
        "position": "执委",
        "term": "",
        "source": "选举",
        "starts_on": "2026-01-01",
        "ends_on": "",
    } | fields


def test_appointment_is_added(client, tree, manager):
    member = make_committee_member(tree.village)
    client.force_login(manager)

    client.post(reverse("appointment:add"), appointment_data(member, tree.town, position="常委"))

    added = member.appointments.get(federation=tree.town)
    assert (added.position, added.is_counted) == ("常委", False)


def test_appointment_outside_scope_is_refused(client, tree, manager):
    member = make_committee_member(tree.village)
    client.force_login(manager)

    response = client.post(reverse("appointment:add"), appointment_data(member, tree.other_town))

    assert response.context["form"].errors == {"federation": ["请选择您管理范围内的妇联。"]}


def test_appointment_of_stranger_is_refused(client, tree, manager, strangers):
    client.force_login(manager)

    data = appointment_data(strangers["accounts"], tree.town)
    response = client.post(reverse("appointment:add"), data)

    assert response.context["form"].errors == {"member": ["请选择您管理范围内的人员。"]}


def test_second_counted_appointment_is_refused(client, tree, manager):
    member = make_committee_member(tree.village)
    client.force_login(manager)

    data = appointment_data(member, tree.town, is_counted="on")
    response = client.post(reverse("appointment:add"), data)

    assert response.context["form"].non_field_errors() == ["这位执委已有计入单位，请先取消原来的。"]


def test_overlapping_appointment_is_refused(client, tree, manager):
    member = make_committee_member(tree.village)
    client.force_login(manager)

    response = client.post(reverse("appointment:add"), appointment_data(member, tree.village))

    assert response.context["form"].errors == {
        "starts_on": ["任期和她已有的同一任职（2024-01-01 至 至今）重叠，请改日期或修改原来那条。"]
    }


def role_data(member, federation, role="viewer"):
    return {
        "member": member.pk,
        "federation": federation.pk,
        "role": role,
        "starts_on": "2026-01-01",
        "ends_on": "",
    }


def test_manager_grants_role_below(client, tree, manager):
    member = make_committee_member(tree.village)
    client.force_login(manager)

    client.post(reverse("staffrole:add"), role_data(member, tree.village, "manager"))

    assert member.staff_roles.get().federation == tree.village


def test_manager_grants_nothing_above(client, tree, manager):
    client.force_login(manager)

    response = client.post(reverse("staffrole:add"), role_data(manager, tree.county, "manager"))

    assert response.context["form"].errors == {"federation": ["请选择您管理范围内的妇联。"]}


def test_manager_cannot_move_role_above(client, tree, manager):
    role = StaffRole.objects.get(member=manager)
    client.force_login(manager)

    client.post(
        reverse("staffrole:edit", args=[role.pk]), role_data(manager, tree.county, "manager")
    )

    role.refresh_from_db()
    assert role.federation == tree.town


def test_viewer_does_not_see_roles(client, viewer):
    client.force_login(viewer)

    assert client.get(reverse("staffrole:index")).status_code == 302


def test_added_appointment_leaves_a_note_for_the_standings(client, tree, manager):
    member = make_committee_member(tree.village)
    client.force_login(manager)

    client.post(reverse("appointment:add"), appointment_data(member, tree.town))

    assert [change.federation_id for change in RosterChange.objects.all()] == [tree.town.pk]


def test_removed_appointment_leaves_a_note_for_the_standings(client, tree, superuser):
    appointment = make_committee_member(tree.village).appointments.get()
    client.force_login(superuser)

    client.post(reverse("appointment:delete", args=[appointment.pk]))

    assert [change.federation_id for change in RosterChange.objects.all()] == [tree.village.pk]
