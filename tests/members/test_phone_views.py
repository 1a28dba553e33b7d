"""Changing the phone, as a browser sees it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from members.password_views import PROVED_KEY
from tests.factories import TICK, make_member

PHONE, OWN, CONFIRM = "/me/phone/", "/me/phone/own/", "/me/phone/confirm/"
NEW = "13911112222"


@pytest.fixture
def herself(client, member):
    """Signed in, and has just shown who she is."""
    client.force_login(member)
    prove(client)
    return client


def prove(client, *, ago: timedelta = timedelta()) -> None:
    session = client.session
    session[PROVED_KEY] = (timezone.now() - ago).timestamp()
    session.save()


def other(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_phone_is_changed_in_three_steps(herself, member, sent):
    assert herself.post(PHONE, {"phone": NEW}).url == CONFIRM

    response = herself.post(CONFIRM, {"code": sent[-1][1]}, follow=True)

    member.refresh_from_db()
    assert member.phone == NEW
    assert "手机号已改为 139****2222" in response.text
    assert herself.session["_auth_user_id"] == str(member.pk)


def test_other_devices_are_signed_out(herself, member, sent):
    tablet = Client()
    tablet.force_login(member)
    herself.post(PHONE, {"phone": NEW})

    herself.post(CONFIRM, {"code": sent[-1][1]})

    assert tablet.get("/me/").status_code == 302
    assert herself.get("/me/").status_code == 200


def test_new_number_signs_in_and_the_old_one_does_not(herself, member, sent):
    old = member.phone
    herself.post(PHONE, {"phone": NEW})
    herself.post(CONFIRM, {"code": sent[-1][1]})
    sent.clear()

    for number in (old, "13911110000"):
        Client().post("/accounts/login/code/", {"phone": number, **TICK})

    assert sent == []


@pytest.mark.parametrize("address", [PHONE, OWN, CONFIRM])
def test_visitor_is_sent_to_sign_in(client, db, address):
    assert client.get(address).url == f"/accounts/login/?next={address}"


def test_who_did_not_just_sign_in_shows_first_who_she_is(client, member, sent):
    client.force_login(member)
    prove(client, ago=timedelta(minutes=11))

    response = client.post(PHONE, {"phone": NEW})

    assert "先确认是您本人" in response.text
    assert sent == []


def test_confirm_asks_again_when_it_took_too_long(herself, member, sent):
    herself.post(PHONE, {"phone": NEW})
    prove(herself, ago=timedelta(minutes=11))

    response = herself.post(CONFIRM, {"code": sent[-1][1]})

    member.refresh_from_db()
    assert response.url == PHONE
    assert member.phone != NEW


def test_code_to_the_number_that_she_has_shows_who_she_is(client, member, sent):
    client.force_login(member)
    prove(client, ago=timedelta(hours=1))
    assert client.post(OWN).url == OWN

    response = client.post(OWN, {"code": sent[-1][1]}, follow=True)

    assert [phone for phone, _ in sent] == [member.phone]
    assert "新手机号" in response.text


def test_wrong_code_to_the_own_number_shows_nothing(client, member, sent):
    client.force_login(member)
    prove(client, ago=timedelta(hours=1))
    client.post(OWN)

    response = client.post(OWN, {"code": other(sent[-1][1])})

    assert response.context["form"].errors["code"] == [
        "验证码不对，请看清短信再填；还可以试 4 次。"
    ]
    assert "先确认是您本人" in client.get(PHONE).text


def test_second_code_within_a_minute_says_how_long_to_wait(client, member, sent):
    client.force_login(member)
    prove(client, ago=timedelta(hours=1))
    client.post(OWN)

    response = client.post(OWN, follow=True)

    assert "验证码刚刚发过" in response.text
    assert len(sent) == 1


def test_broken_number_is_explained_and_kept(herself, sent):
    response = herself.post(PHONE, {"phone": "1391111"})

    assert "手机号应为 11 位数字" in response.text
    assert 'value="1391111"' in response.text
    assert sent == []


def test_own_number_is_no_change(herself, member, sent):
    response = herself.post(PHONE, {"phone": member.phone})

    assert response.context["form"].errors["phone"] == ["这就是您现在的手机号，不用换。"]


def test_wrong_code_says_how_many_guesses_are_left(herself, sent):
    herself.post(PHONE, {"phone": NEW})

    response = herself.post(CONFIRM, {"code": other(sent[-1][1])})

    assert "还可以试 4 次" in response.text


def test_number_of_another_account_is_told_after_the_code_alone(herself, member, sent):
    make_member("刘桂花", phone=NEW)
    asked = herself.post(PHONE, {"phone": NEW}, follow=True)

    response = herself.post(CONFIRM, {"code": sent[-1][1]})

    assert "另一个账号" not in asked.text
    assert "这个号码已经登记在另一个账号上" in response.text
    assert "刘桂花" not in response.text
    member.refresh_from_db()
    assert member.phone != NEW


def test_confirm_without_a_number_leads_back(herself):
    assert herself.get(CONFIRM).url == PHONE


def test_number_is_in_no_address_and_no_log(herself, sent, caplog):
    asked = herself.post(PHONE, {"phone": NEW})
    herself.post(CONFIRM, {"code": other(sent[-1][1])})
    herself.post(CONFIRM, {"code": sent[-1][1]})

    assert NEW not in asked.url
    assert [secret for secret in (NEW, sent[-1][1]) if secret in caplog.text] == []


def test_session_holds_no_number_that_can_be_read(herself, sent):
    herself.post(PHONE, {"phone": NEW})

    assert NEW not in str(dict(herself.session))


def test_settings_lead_to_the_change(herself):
    assert f'href="{PHONE}"' in herself.get("/me/security/").text
