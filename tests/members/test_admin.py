"""Accounts and rights in the admin: superusers only, and one name instead of two."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from config.groups import EDITORS, set_up_groups
from members.models import Member, Notice
from tests.factories import PASSWORD, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser(client, home):
    set_up_groups(root_page=home)
    superuser = make_member("管理员", is_staff=True, is_superuser=True)
    client.force_login(superuser)
    return superuser


def account_data(group=None, **fields):
    groups = [group.pk] if group else []
    return {"name": "林编辑", "phone": "13511112222", "email": "", "groups": groups} | fields


def editors(member):
    return member.groups.model.objects.get(name=EDITORS)


def test_account_is_made_with_its_group(client, superuser):
    data = account_data(editors(superuser), password1=PASSWORD, password2=PASSWORD)

    client.post(reverse("wagtailusers_users:add"), data)

    member = Member.objects.get(phone="13511112222")
    assert (member.name, member.is_staff, member.check_password(PASSWORD)) == ("林编辑", True, True)


def test_leaving_all_groups_ends_staff(client, superuser):
    member = make_member("林编辑", phone="13511112222", is_staff=True)
    member.groups.add(editors(superuser))

    client.post(reverse("wagtailusers_users:edit", args=[member.pk]), account_data(is_active="on"))

    member.refresh_from_db()
    assert (member.is_staff, member.groups.count()) == (False, 0)


def test_new_phone_is_to_be_shown_anew_and_she_is_told(client, superuser):
    member = make_member("林编辑", phone="13533334444", phone_verified_at=timezone.now())

    client.post(reverse("wagtailusers_users:edit", args=[member.pk]), account_data(is_active="on"))

    member.refresh_from_db()
    [notice] = Notice.objects.filter(member=member)
    assert (member.phone, member.phone_verified_at) == ("13511112222", None)
    assert "登录用的手机号改为 135****2222" in notice.text


KEPT = "账号不能删除，她的任职和学习记录要保留。请改为停用：取消“启用”后她就不能登录。"


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("method", ["get", "post"])
def test_account_is_not_deleted(client, superuser, method):
    member = make_member()
    url = reverse("wagtailusers_users:delete", args=[member.pk])

    response = getattr(client, method)(url)

    assert response["Location"] == reverse("wagtailusers_users:edit", args=[member.pk])
    assert (said(response), Member.objects.filter(pk=member.pk).exists()) == ([KEPT], True)


def test_accounts_are_not_deleted_in_bulk(client, superuser):
    member = make_member()
    url = reverse("wagtail_bulk_action", args=["members", "member", "delete"])

    response = client.post(f"{url}?id={member.pk}")

    assert (said(response), Member.objects.filter(pk=member.pk).exists()) == ([KEPT], True)


def test_accounts_are_put_out_of_use_in_bulk(client, superuser):
    member = make_member()
    url = reverse("wagtail_bulk_action", args=["members", "member", "set_active_state"])

    client.post(f"{url}?id={member.pk}", {"mark_as_active": False})

    member.refresh_from_db()
    assert member.is_active is False


@pytest.mark.parametrize("view", ["edit", "history"])
def test_account_pages_open(client, superuser, view):
    member = make_member()

    response = client.get(reverse(f"wagtailusers_users:{view}", args=[member.pk]))

    assert response.status_code == 200


@pytest.mark.parametrize("query", ["", "?ordering=name", "?ordering=-name", "?q=管理", "?p=1"])
def test_account_list_opens(client, superuser, query):
    response = client.get(reverse("wagtailusers_users:index") + query)

    assert superuser in response.context["object_list"]


def test_editor_cannot_reach_accounts(client, superuser):
    editor = make_member("林编辑", is_staff=True)
    editor.groups.add(editors(superuser))
    client.force_login(editor)

    url = reverse("wagtailusers_users:edit", args=[superuser.pk])
    response = client.post(url, account_data(is_superuser="on"))

    superuser.refresh_from_db()
    assert (response.status_code, superuser.name) == (302, "管理员")
