"""Sign-in by SMS code, as a browser sees it."""

import pytest
from django.test import Client
from django.utils import timezone

from members.domain.limits import LimitReached
from members.domain.login_codes import ask_for_code
from members.encryption import seal
from tests.factories import TICK, make_member

REQUEST = "/accounts/login/code/"
CONFIRM = "/accounts/login/code/confirm/"
UNKNOWN = "13911112222"
HERE = "192.0.2.1"
GONE = "验证码已失效（超过 5 分钟、已经用过或输错满 5 次）。请重新获取。"


def ask(client, phone: str, **data):
    return client.post(REQUEST, {"phone": phone, **TICK, **data})


def confirm(client, code: str, **data):
    return client.post(CONFIRM, {"code": code, **data})


def another(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def signed_in_id(client) -> str | None:
    return client.session.get("_auth_user_id")


def test_code_signs_in_and_leads_home(client, member, sent):
    assert ask(client, member.phone).url == CONFIRM

    response = confirm(client, sent[0][1])

    assert (response.status_code, response.url) == (302, "/")
    assert signed_in_id(client) == str(member.pk)


def test_code_carries_next_all_the_way(client, member, sent):
    asked = ask(client, member.phone, next="/board/")

    page = client.get(asked.url)
    response = confirm(client, sent[0][1], next=page.context["redirect_field_value"])

    assert response.url == "/board/"


def test_code_drops_a_next_to_anywhere_else(client, member, sent):
    assert ask(client, member.phone, next="//evil.example/").url == CONFIRM

    assert confirm(client, sent[0][1], next="//evil.example/").url == "/"


def test_session_key_changes_at_sign_in(client, member, sent):
    ask(client, member.phone)
    before = client.session.session_key

    confirm(client, sent[0][1])

    assert client.session.session_key != before
    assert "sealed_login_phone" not in client.session


def test_code_may_be_typed_with_spaces(client, member, sent):
    ask(client, member.phone)
    code = sent[0][1]

    confirm(client, f" {code[:3]} {code[3:]}")

    assert signed_in_id(client) == str(member.pk)


def test_wrong_code_says_how_many_guesses_are_left(client, member, sent):
    ask(client, member.phone)

    response = confirm(client, another(sent[0][1]))

    assert response.context["form"].errors["code"] == [
        "验证码不对，请看清短信再填；还可以试 4 次。"
    ]
    assert signed_in_id(client) is None


def test_five_wrong_codes_void_the_right_one(client, member, sent):
    ask(client, member.phone)
    for _ in range(5):
        confirm(client, another(sent[0][1]))

    response = confirm(client, sent[0][1])

    assert response.context["form"].errors["code"] == [GONE]
    assert signed_in_id(client) is None


def test_used_code_signs_nobody_else_in(client, member, sent):
    ask(client, member.phone)
    confirm(client, sent[0][1])
    thief = Client()
    session = thief.session
    session["sealed_login_phone"] = seal(member.phone)
    session.save()

    response = confirm(thief, sent[0][1])

    assert response.context["form"].errors["code"] == [GONE]


def test_asking_again_too_soon_says_how_long_to_wait(client, member, sent):
    ask(client, member.phone)

    response = ask(client, member.phone)

    [said] = response.context["form"].non_field_errors()
    assert said.startswith("验证码刚刚发过。请 ")
    assert len(sent) == 1


def test_asking_from_another_browser_waits_too(client, member, sent):
    ask(client, member.phone)

    ask(Client(), member.phone)

    assert len(sent) == 1


def test_neighbours_at_one_address_each_get_a_code(client, member, sent):
    neighbour = make_member("刘桂花")

    ask(client, member.phone)
    ask(client, neighbour.phone)

    assert [phone for phone, _ in sent] == [member.phone, neighbour.phone]


def test_unknown_phone_is_answered_as_a_known_one_is(member, sent):
    known, unknown = walk(Client(), member.phone), walk(Client(), UNKNOWN)

    assert known == unknown
    assert [phone for phone, _ in sent] == [member.phone]


def walk(client, phone: str) -> list:
    """Ask, look, ask again and guess six times: all that is said, without what she typed."""
    first = ask(client, phone)
    answers = [client.get(CONFIRM), ask(client, phone)]
    answers += [confirm(client, "never0") for _ in range(6)]
    return [(first.status_code, first.url)] + [visible(answer, phone) for answer in answers]


def visible(response, phone: str) -> tuple[int, str]:
    text = response.text.replace(str(response.context["csrf_token"]), "")
    text = text.replace(phone, "").replace(f"{phone[:3]}****{phone[-4:]}", "")
    # The seconds go on running between the two walks.
    return response.status_code, "".join(c for c in text if not c.isdigit())


def test_unknown_phone_costs_the_same_queries(
    client, member, sent, django_assert_num_queries, settings
):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    with django_assert_num_queries(1):
        ask_for_code(phone=UNKNOWN, address=HERE, now=timezone.now())
    with django_assert_num_queries(1):
        ask_for_code(phone=member.phone, address=HERE, now=timezone.now())


def test_inactive_member_gets_no_code(client, member, sent):
    member.is_active = False
    member.save()

    assert ask(client, member.phone).url == CONFIRM
    assert sent == []


def test_confirm_page_without_a_phone_leads_back(client, db):
    assert client.get(CONFIRM).url == REQUEST


def test_request_page_leads_back_to_a_code_that_came(client, member, sent):
    assert CONFIRM not in client.get(REQUEST).text
    ask(client, member.phone)

    assert CONFIRM in client.get(REQUEST).text


def test_phone_is_in_no_address_and_no_log(client, member, sent, caplog):
    ask(client, member.phone)
    confirm(client, another(sent[0][1]))
    confirm(client, sent[0][1])

    assert [phone for phone in (member.phone, sent[0][1]) if phone in caplog.text] == []


def test_code_still_signs_in_while_the_password_is_locked(client, member, sent):
    for _ in range(6):
        client.post("/accounts/login/", {"login": member.phone, "password": "wrong", **TICK})
    ask(client, member.phone)

    confirm(client, sent[0][1])

    assert signed_in_id(client) == str(member.pk)


def test_empty_code_is_not_counted_as_a_guess(client, member, sent):
    ask(client, member.phone)
    for _ in range(6):
        confirm(client, "")

    confirm(client, sent[0][1])

    assert signed_in_id(client) == str(member.pk)


def test_ask_for_code_is_limited_before_anything_else(member):
    now = timezone.now()
    ask_for_code(phone=member.phone, address=HERE, now=now)

    with pytest.raises(LimitReached):
        ask_for_code(phone=member.phone, address=HERE, now=now)
