"""Accounts: who looks after whom, and what nobody may take over."""

import pytest
from django.urls import reverse

from federations.models import Appointment
from members.models import Notice
from tests.factories import make_appointment, make_committee_member, make_staff
from tests.members.devices import signed_in, still_in

pytestmark = pytest.mark.django_db


def test_account_list_masks_phones(client, tree, manager):
    make_committee_member(tree.village, phone="13512345678")
    client.force_login(manager)

    page = client.get(reverse("accounts:index")).content.decode()

    assert ("135****5678" in page, "13512345678" in page) == (True, False)


def test_new_member_comes_with_counted_appointment(client, tree, manager):
    client.force_login(manager)

    client.post(
        reverse("accounts:add"),
        {
            "name": "黄小梅",
            "phone": "13511112222",
            "federation": tree.village.pk,
            "position": "执委",
            "term": "第三届",
            "source": "选举",
            "starts_on": "2026-01-01",
        },
    )

    appointment = Appointment.objects.get(member__phone="13511112222")
    assert (appointment.federation, appointment.is_counted) == (tree.village, True)
    assert appointment.member.has_usable_password() is False


def test_taken_phone_is_explained(client, tree, manager):
    make_committee_member(tree.village, phone="13511112222")
    client.force_login(manager)

    response = client.post(reverse("accounts:add"), {"name": "黄小梅", "phone": "13511112222"})

    assert response.context["form"].errors["phone"] == [
        "这个手机号已经登记过。请核对号码；如果是同一个人，请由上级妇联添加她的任职。"
    ]


def test_new_phone_must_be_verified_again(client, tree, manager):
    member = make_committee_member(tree.village, phone_verified_at="2026-01-01T00:00:00Z")
    client.force_login(manager)

    client.post(
        reverse("accounts:edit", args=[member.pk]),
        {"name": member.name, "phone": "13511112222", "is_active": "on"},
    )

    member.refresh_from_db()
    assert (member.phone, member.phone_verified_at) == ("13511112222", None)


def change(client, member, **changed):
    data = {"name": member.name, "phone": member.phone, "is_active": "on"} | changed
    client.post(reverse("accounts:edit", args=[member.pk]), data)


def test_who_was_in_by_the_old_phone_is_out_and_she_is_told(client, tree, manager):
    member = make_committee_member(tree.village)
    device = signed_in(member)
    client.force_login(manager)

    change(client, member, phone="13511112222")

    assert not still_in(device)
    [notice] = Notice.objects.filter(member=member)
    assert "登录用的手机号改为 135****2222" in notice.text


def test_account_out_of_use_is_signed_out_for_good(client, tree, manager):
    member = make_committee_member(tree.village)
    device = signed_in(member)
    client.force_login(manager)

    change(client, member, is_active="")
    change(client, member)

    member.refresh_from_db()
    assert (member.is_active, still_in(device)) == (True, False)
    assert not Notice.objects.filter(member=member).exists()


def test_new_name_ends_no_session(client, tree, manager):
    member = make_committee_member(tree.village)
    device = signed_in(member)
    client.force_login(manager)

    change(client, member, name="黄小梅")

    assert still_in(device)


def test_staff_account_cannot_be_taken_over(client, tree, manager):
    """Whoever may change a phone may sign in as its owner."""
    boss = make_staff(tree.province, name="省管理员")
    make_appointment(boss, tree.village)
    client.force_login(manager)

    response = client.get(reverse("accounts:edit", args=[boss.pk]))

    assert response.status_code == 404


def test_account_counted_elsewhere_is_only_seen(client, tree, manager):
    member = make_committee_member(tree.city)
    make_appointment(member, tree.village, is_counted=False)
    client.force_login(manager)

    codes = [
        client.get(reverse(f"accounts:{view}", args=[member.pk])).status_code
        for view in ("inspect", "edit")
    ]

    assert codes == [200, 404]


@pytest.mark.parametrize("action", ["assign_role", "set_active_state", "delete"])
def test_wagtails_bulk_actions_are_closed(client, tree, manager, action):
    member = make_committee_member(tree.village)
    client.force_login(manager)

    url = reverse("wagtail_bulk_action", args=["members", "member", action])
    client.post(f"{url}?id={member.pk}", {"role": manager.groups.get().pk, "mark_as_active": False})

    member.refresh_from_db()
    assert (member.is_active, member.groups.count()) == (True, 0)
