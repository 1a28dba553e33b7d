"""The first time: by a phone that she has shown to be hers."""

import pytest
from django.test import Client
from django.utils import timezone

from members.arrivals import Arrival, keep_arrival
from members.documents import current_token
from members.models import Action, AuditEntry, Consent, ConsentWay, Member, WechatIdentity
from tests.factories import make_member
from tests.wechat import APP

pytestmark = pytest.mark.django_db
UNKNOWN = "13911112222"


def signed_in(client) -> str | None:
    return client.session.get("_auth_user_id")


def ask(client, phone: str, **data):
    return client.post("/join/phone/", {"phone": phone, "agree": current_token(), **data})


def prove(client, sent, phone: str, **data):
    ask(client, phone, **data)
    return client.post("/join/code/", {"code": sent[-1][1], **data})


def test_phone_on_the_roster_binds_and_signs_in(client, wechat, member, sent):
    wechat.person()
    wechat.sign_in(client, "/board/")

    assert prove(client, sent, member.phone, next="/board/").url == "/join/?next=%2Fboard%2F"
    assert "陈秀英" in client.get("/join/?next=/board/").content.decode()
    assert client.post("/join/", {"next": "/board/"}).url == "/board/"

    identity = WechatIdentity.objects.get()
    assert (identity.app_id, identity.member) == (APP, member)
    assert signed_in(client) == str(member.pk)
    assert Member.objects.get().phone_verified_at is not None
    [entry] = AuditEntry.objects.filter(action=Action.WECHAT_BOUND)
    assert (entry.actor_id, entry.detail["way"]) == (member.pk, "phone")


def test_next_time_she_is_in_at_once(client, wechat, member, sent):
    wechat.person()
    wechat.sign_in(client)
    prove(client, sent, member.phone)
    client.post("/join/")
    client.logout()

    assert wechat.sign_in(client).url == "/"

    assert signed_in(client) == str(member.pk)


def test_phone_alone_signs_in_too(client, member, sent):
    prove(client, sent, member.phone)

    assert client.post("/join/").url == "/"

    assert signed_in(client) == str(member.pk)
    assert not WechatIdentity.objects.exists()


def test_unknown_phone_leads_to_a_claim(client, wechat, sent):
    wechat.person()
    wechat.sign_in(client)

    prove(client, sent, UNKNOWN)

    assert client.get("/join/").url == "/claims/"


def test_nothing_is_told_of_the_roster_before_the_proof(member, sent):
    def walk(client, phone):
        answers = [ask(client, phone), client.get("/join/code/")]
        answers += [client.post("/join/code/", {"code": "never0"}), client.get("/join/")]
        bodies = [each.content.decode().replace(phone, "") for each in answers]
        masked = f"{phone[:3]}****{phone[-4:]}"
        token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""
        assert token
        return [strip_token(body.replace(masked, "")) for body in bodies]

    assert walk(Client(), member.phone) == walk(Client(), UNKNOWN)


def strip_token(body: str) -> str:
    lines = [line for line in body.splitlines() if "csrfmiddlewaretoken" not in line]
    return "\n".join(lines)


def test_join_without_anything_begins_with_the_phone(client):
    assert client.get("/join/").url == "/join/phone/"
    assert client.post("/join/").url == "/join/phone/"


def test_code_page_without_a_phone_begins_with_the_phone(client):
    assert client.get("/join/code/").url == "/join/phone/"


def test_wrong_code_proves_nothing(client, member, sent):
    ask(client, member.phone)

    response = client.post("/join/code/", {"code": "never0"})

    assert response.context["form"].errors["code"] == [
        "验证码不对，请看清短信再填；还可以试 4 次。"
    ]
    assert client.get("/join/").url == "/join/phone/"


def test_code_of_another_phone_proves_nothing(client, member, sent):
    neighbour = make_member("刘桂花")
    ask(client, neighbour.phone)
    code = sent[-1][1]
    thief = Client()
    ask(thief, member.phone)

    thief.post("/join/code/", {"code": code})

    assert thief.post("/join/").url == "/join/phone/"


def test_phone_that_was_shown_lies_in_the_session_unreadable(client, member, sent):
    ask(client, member.phone)
    client.post("/join/code/", {"code": sent[-1][1]})

    assert member.phone not in str(dict(client.session))


def test_proof_is_over_after_a_quarter_of_an_hour(client, member, rf):
    request = rf.get("/")
    request.session = client.session
    long_ago = timezone.now() - timezone.timedelta(minutes=16)
    keep_arrival(request, Arrival(phone=member.phone, phone_at=long_ago), now=long_ago)
    request.session.save()

    assert client.post("/join/").url == "/join/phone/"


def test_account_that_is_out_of_use_is_not_bound(client, wechat, sent):
    member = make_member(is_active=False)
    wechat.person()
    wechat.sign_in(client)
    prove(client, sent, member.phone)

    response = client.post("/join/")

    assert [str(each) for each in response.context["messages"]] == [
        "这个账号刚刚停用了，请联系本级妇联工作人员。"
    ]
    assert not WechatIdentity.objects.exists()


def test_sign_in_pages_lead_to_the_claim(client):
    for address in ("/accounts/login/", "/accounts/login/code/"):
        assert "/join/phone/" in client.get(address).content.decode()


def test_nothing_is_taken_before_she_agrees(client, member, sent):
    response = client.post("/join/phone/", {"phone": member.phone})

    assert response.context["form"].errors.keys() == {"agree"}
    assert sent == []


def test_what_she_ticked_holds_for_the_next_code_and_is_kept_as_consent(
    client, wechat, member, sent
):
    wechat.person()
    wechat.sign_in(client)
    ask(client, member.phone)

    again = client.post("/join/phone/", {"phone": member.phone})
    client.post("/join/code/", {"code": sent[-1][1]})
    client.post("/join/")

    assert "agree" not in again.context["form"].errors
    assert {each.way for each in Consent.objects.filter(member=member)} == {ConsentWay.WECHAT}
