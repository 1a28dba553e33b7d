"""What staff see in the admin: their own subtree, by list and by address, and nothing else."""

from datetime import date

import pytest
from django.urls import reverse

from federations.models import StaffRole
from members.models import Member
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member, make_staff
from tests.federations.conftest import admit

pytestmark = pytest.mark.django_db


def listed(client, name):
    return set(client.get(reverse(f"{name}:index")).context["object_list"])


def test_federation_list_holds_own_subtree(client, tree, manager):
    client.force_login(manager)

    assert listed(client, "federation") == {tree.town, tree.village, tree.sibling_village}


def test_federation_results_hold_own_subtree(client, tree, manager):
    client.force_login(manager)

    response = client.get(reverse("federation:index_results") + "?q=区")

    assert list(response.context["object_list"]) == []


def test_federation_list_takes_as_many_queries_for_many(client, tree, superuser):
    client.force_login(superuser)
    one = "?q=大黄村"
    count_queries(client, "federation:index", one)

    few = count_queries(client, "federation:index", one)

    assert count_queries(client, "federation:index", "?q=4") == few


@pytest.mark.parametrize("name", ["appointment", "accounts", "staffrole"])
def test_people_lists_take_as_many_queries_for_many(client, tree, superuser, name):
    client.force_login(superuser)
    make_people(tree, 1)
    count_queries(client, f"{name}:index")
    few = count_queries(client, f"{name}:index")

    make_people(tree, 20)

    assert count_queries(client, f"{name}:index") == few


def make_people(tree, count):
    for _each in range(count):
        make_committee_member(tree.village)
        make_staff(tree.village)


VIEWS = {
    "federation": ["inspect"],
    "appointment": ["edit", "inspect", "history", "usage"],
    "accounts": ["edit", "inspect", "history", "usage"],
    "staffrole": ["edit", "history", "usage", "delete"],
}


@pytest.mark.parametrize(("name", "view"), [(n, v) for n, views in VIEWS.items() for v in views])
def test_row_outside_scope_is_not_found(client, manager, strangers, name, view):
    client.force_login(manager)

    response = client.get(reverse(f"{name}:{view}", args=[strangers[name].pk]))

    assert response.status_code == 404


@pytest.mark.parametrize(("name", "view"), [(n, v) for n, views in VIEWS.items() for v in views])
def test_row_inside_scope_opens(client, tree, manager, name, view):
    member = make_committee_member(tree.village)
    staff = make_staff(tree.village)
    rows = {
        "federation": tree.village,
        "appointment": member.appointments.get(),
        "accounts": member,
        "staffrole": staff.staff_roles.get(),
    }
    client.force_login(manager)

    response = client.get(reverse(f"{name}:{view}", args=[rows[name].pk]))

    assert response.status_code == 200


def test_posting_to_row_outside_scope_changes_nothing(client, manager, strangers):
    client.force_login(manager)
    member = strangers["accounts"]

    response = client.post(
        reverse("accounts:edit", args=[member.pk]),
        {"name": "改名", "phone": member.phone, "is_active": "on"},
    )

    member.refresh_from_db()
    assert (response.status_code, member.name) == (404, "陈秀英")


def test_viewer_sees_but_cannot_edit(client, tree, viewer):
    appointment = make_committee_member(tree.village).appointments.get()
    client.force_login(viewer)

    edit = client.get(reverse("appointment:edit", args=[appointment.pk]))

    assert listed(client, "appointment") == {appointment}
    assert edit.status_code == 302


def test_group_without_role_opens_nothing(client, tree, groups):
    client.force_login(admit(make_member("没有角色", is_staff=True)))

    response = client.get(reverse("federation:index"))

    assert response.status_code == 302


def test_export_holds_own_subtree(client, tree, manager, strangers):
    make_committee_member(tree.village, "黄小梅")
    client.force_login(manager)

    response = client.get(reverse("accounts:index") + "?export=csv")

    assert "陈秀英" not in b"".join(response).decode()


def test_ended_role_opens_nothing(client, tree, manager):
    StaffRole.objects.filter(member=manager).update(ends_on=date(2025, 1, 1))
    client.force_login(manager)

    assert client.get(reverse("appointment:index")).status_code == 302


def test_superuser_sees_everybody(client, tree, superuser, strangers):
    client.force_login(superuser)

    assert listed(client, "accounts") == set(Member.objects.all())
