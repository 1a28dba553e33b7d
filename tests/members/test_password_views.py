from datetime import timedelta

from django.utils import timezone

from members.password_views import PROVED_KEY
from tests.factories import PASSWORD, TICK

CHANGE = "/accounts/password/change/"
NEW = "lychee-and-longan-7"
TWICE = {"password1": NEW, "password2": NEW}


def prove_phone(client, *, ago: timedelta) -> None:
    session = client.session
    session[PROVED_KEY] = (timezone.now() - ago).timestamp()
    session.save()


def test_change_needs_the_old_password(client, member):
    client.force_login(member)

    response = client.post(CHANGE, {"oldpassword": "wrong", **TWICE})

    assert response.context["form"].errors["oldpassword"] == ["请输入您的当前密码。"]


def test_change_keeps_her_signed_in(client, member):
    client.force_login(member)

    response = client.post(CHANGE, {"oldpassword": PASSWORD, **TWICE})

    member.refresh_from_db()
    assert response.url == "/"
    assert member.check_password(NEW)
    assert client.session["_auth_user_id"] == str(member.pk)


def test_weak_password_is_refused(client, member):
    client.force_login(member)

    response = client.post(
        CHANGE, {"oldpassword": PASSWORD, "password1": "12345", "password2": "12345"}
    )

    assert "password1" in response.context["form"].errors


def test_sms_code_stands_in_for_a_forgotten_password(client, member, sent):
    client.post("/accounts/login/code/", {"phone": member.phone, **TICK})
    client.post("/accounts/login/code/confirm/", {"code": sent[0][1]})

    client.post(CHANGE, TWICE)

    member.refresh_from_db()
    assert member.check_password(NEW)


def test_sms_code_stands_in_for_ten_minutes(client, member):
    client.force_login(member)
    prove_phone(client, ago=timedelta(minutes=11))

    response = client.post(CHANGE, TWICE)

    assert "oldpassword" in response.context["form"].errors


def test_member_without_a_password_sets_her_first(client, member):
    member.set_unusable_password()
    member.save()
    client.force_login(member)

    response = client.get(CHANGE)
    client.post(response.url, TWICE)

    member.refresh_from_db()
    assert member.check_password(NEW)


def test_change_sends_a_visitor_to_the_sign_in_page(client, db):
    assert client.get(CHANGE).url == f"/accounts/login/?next={CHANGE}"
