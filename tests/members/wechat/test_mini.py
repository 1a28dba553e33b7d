"""The mini-program: its two questions, and the ticket into its web-view."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from members import wechat_mini_views
from members.domain.wechat import WechatUser, bind
from members.models import Member, WechatIdentity
from members.wechat.tickets import Ticket, issue_ticket
from tests.factories import make_member
from tests.wechat import MINI

pytestmark = pytest.mark.django_db
SESSION, PHONE = "/wechat/mini/session/", "/wechat/mini/phone/"
TICKET_GONE = "从小程序进来的凭证已经失效（一分钟内有效，只能用一次）。请回到小程序再点一次。"


def post(address: str, **body):
    """As the mini-program does: no cookies, no token against forgery."""
    client = Client(enforce_csrf_checks=True)
    return client.post(address, json.dumps(body), content_type="application/json")


def bound(member, person):
    user = WechatUser(MINI, person.openid(MINI), person.unionid)
    return bind(user=user, member=member, way="phone", now=timezone.now())


def signed_in(client) -> str | None:
    return client.session.get("_auth_user_id")


def enter(client, ticket: str, **query):
    return client.get("/wechat/enter/", {"ticket": ticket, **query})


def test_session_gives_a_ticket_and_no_key(wechat):
    response = post(SESSION, code=wechat.login_code(wechat.person()))

    assert response.json().keys() == {"ticket", "known"}
    assert response.json()["known"] is False
    assert not WechatIdentity.objects.exists()


def test_ticket_signs_a_known_member_in_and_leaves_the_address(client, wechat, member):
    person = wechat.person()
    bound(member, person)
    answer = post(SESSION, code=wechat.login_code(person)).json()

    response = enter(client, answer["ticket"], next="/board/")

    assert answer["known"] is True
    assert (response.status_code, response.url) == (302, "/board/")
    assert response["Referrer-Policy"] == "no-referrer"
    assert signed_in(client) == str(member.pk)


def test_ticket_replayed_ten_times_works_once(wechat, member):
    person = wechat.person()
    bound(member, person)
    ticket = post(SESSION, code=wechat.login_code(person)).json()["ticket"]
    clients = [Client() for _ in range(10)]

    responses = [enter(each, ticket) for each in clients]

    assert [each.status_code for each in responses] == [302] + [410] * 9
    assert TICKET_GONE in responses[1].content.decode()
    assert [signed_in(each) is not None for each in clients] == [True] + [False] * 9


def test_ticket_is_over_after_a_minute(client, wechat, member):
    person = wechat.person()
    bound(member, person)
    user = WechatUser(MINI, person.openid(MINI))
    ticket = issue_ticket(Ticket(user), now=timezone.now() - timedelta(seconds=61))

    assert enter(client, ticket).status_code == 410


def test_ticket_leads_nowhere_else(client, wechat, member):
    person = wechat.person()
    bound(member, person)
    ticket = post(SESSION, code=wechat.login_code(person)).json()["ticket"]

    assert enter(client, ticket, next="//evil.example/").url == "/"


def test_ticket_of_another_ends_the_sign_in_of_a_shared_phone(client, wechat, member):
    daughter = make_member("陈小妹")
    client.force_login(member)
    person = wechat.person("daughter")
    bound(daughter, person)

    enter(client, post(SESSION, code=wechat.login_code(person)).json()["ticket"])

    assert signed_in(client) == str(daughter.pk)


def test_ticket_of_herself_keeps_her_session(client, wechat, member):
    client.force_login(member)
    before = client.session.session_key
    person = wechat.person()
    bound(member, person)

    enter(client, post(SESSION, code=wechat.login_code(person)).json()["ticket"])

    assert client.session.session_key == before


def test_phone_of_wechat_binds_without_a_text_message(client, wechat, member):
    person = wechat.person(phone=member.phone)
    first = post(SESSION, code=wechat.login_code(person)).json()["ticket"]
    answer = post(PHONE, ticket=first, code=wechat.phone_code(person)).json()

    assert enter(client, answer["ticket"]).url == "/join/"
    assert "陈秀英" in client.get("/join/").content.decode()
    client.post("/join/")

    assert WechatIdentity.objects.get().member == member
    assert signed_in(client) == str(member.pk)
    assert Member.objects.get().phone_verified_at is not None


def test_phone_that_nobody_has_leads_to_a_claim(client, wechat):
    person = wechat.person(phone="13911112222")
    first = post(SESSION, code=wechat.login_code(person)).json()["ticket"]
    ticket = post(PHONE, ticket=first, code=wechat.phone_code(person)).json()["ticket"]

    enter(client, ticket)

    assert client.get("/join/").url == "/claims/"


def test_phone_takes_the_ticket(wechat):
    person = wechat.person(phone="13911112222")
    first = post(SESSION, code=wechat.login_code(person)).json()["ticket"]
    post(PHONE, ticket=first, code=wechat.phone_code(person))

    again = post(PHONE, ticket=first, code=wechat.phone_code(person))

    assert (again.status_code, again.json()) == (400, {"error": TICKET_GONE})


def test_phone_under_another_seal_is_not_taken(wechat, member):
    person = wechat.person(phone=member.phone, sealed_for="wx-somebody-else")
    first = post(SESSION, code=wechat.login_code(person)).json()["ticket"]

    response = post(PHONE, ticket=first, code=wechat.phone_code(person))

    assert response.status_code == 503
    assert "ticket" not in response.json()


def test_phone_of_another_user_is_not_taken(wechat, member):
    thief, owner = wechat.person("thief"), wechat.person("owner", phone=member.phone)
    first = post(SESSION, code=wechat.login_code(thief)).json()["ticket"]

    assert post(PHONE, ticket=first, code=wechat.phone_code(owner)).status_code == 400


def test_phone_of_another_country_is_not_taken(wechat):
    person = wechat.person(phone="91234567", country="852")
    first = post(SESSION, code=wechat.login_code(person)).json()["ticket"]

    response = post(PHONE, ticket=first, code=wechat.phone_code(person))

    assert response.json() == {
        "error": "这里只认中国内地的手机号。请换一个手机号，或用短信验证码登录。"
    }


def test_login_code_works_once_in_ten(wechat):
    code = wechat.login_code(wechat.person())

    statuses = [post(SESSION, code=code).status_code for _ in range(10)]

    assert statuses == [200] + [400] * 9


@pytest.mark.parametrize(
    ("fault", "status", "retry_after"),
    [(40226, 403, None), (45011, 429, "60"), (40029, 400, None), (40013, 503, None)],
)
def test_each_refusal_has_its_status(wechat, fault, status, retry_after):
    wechat.server.fail("/sns/jscode2session", fault)

    response = post(SESSION, code="any")

    assert (response.status_code, response.get("Retry-After")) == (status, retry_after)
    assert response.json()["error"]


def test_blocked_user_is_told(wechat):
    code = wechat.login_code(wechat.person(is_blocked=True))

    response = post(SESSION, code=code)

    assert response.json()["error"].startswith("微信认为这个微信号有风险")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"code": 5}',
        b'{"code": ""}',
        b"{" * 2000,
        b"\xff",
        b'{"code":"' + b"x" * 5000 + b'"}',
    ],
)
def test_nonsense_is_a_bad_request(client, wechat, body):
    response = client.post(SESSION, body, content_type="application/json")

    assert (response.status_code, response.json()) == (
        400,
        {"error": "请求不完整，请更新小程序后再试。"},
    )


def test_flood_from_one_address_is_slowed_down(wechat, monkeypatch):
    few = replace(wechat_mini_views.PER_ADDRESS, amount=2)
    monkeypatch.setattr(wechat_mini_views, "PER_ADDRESS", few)
    statuses = [post(SESSION, code="any").status_code for _ in range(3)]

    assert statuses == [400, 400, 429]


def test_nothing_is_there_without_keys(client, settings):
    settings.WECHAT_MINI_APP_ID = ""

    assert post(SESSION, code="any").status_code == 404
    assert client.get(SESSION).status_code == 405


def test_log_holds_no_code_no_ticket_and_nobody(client, wechat, member, caplog):
    person = wechat.person(phone=member.phone)
    login, number = wechat.login_code(person), wechat.phone_code(person)
    first = post(SESSION, code=login).json()["ticket"]
    second = post(PHONE, ticket=first, code=number).json()["ticket"]
    post(SESSION, code=login)

    enter(client, second)
    client.post("/join/")

    secrets = [login, number, first, second, person.openid(MINI), member.phone, "mini-secret"]
    assert "wechat_refused" in caplog.text
    assert [each for each in secrets if each in caplog.text] == []
