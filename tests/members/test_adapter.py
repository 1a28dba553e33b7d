"""Sign-in by password, as a browser sees it."""

import pytest
from django.urls import reverse

from tests.factories import PASSWORD, TICK, make_appointment, make_member

LOGIN = "/accounts/login/"
MISMATCH = "手机号或密码不对，请检查后再试。"


def sign_in(client, phone: str, password: str = PASSWORD, **data):
    return client.post(LOGIN, {"login": phone, "password": password, **TICK, **data})


def fail(client, phone: str, times: int) -> None:
    for _ in range(times):
        sign_in(client, phone, "wrong-password")


def signed_in_id(client) -> str | None:
    return client.session.get("_auth_user_id")


def test_password_signs_in_and_leads_home(client, member):
    response = sign_in(client, member.phone)

    assert (response.status_code, response.url) == (302, "/")
    assert signed_in_id(client) == str(member.pk)


def test_phone_may_be_typed_with_spaces(client, member):
    sign_in(client, f"+86 {member.phone[:3]} {member.phone[3:]}")

    assert signed_in_id(client) == str(member.pk)


def test_session_key_changes_at_sign_in(client, member):
    session = client.session
    session["seen"] = True
    session.save()
    before = session.session_key

    sign_in(client, member.phone)

    assert client.session.session_key != before


def test_wrong_password_keeps_the_phone_and_drops_the_password(client, member):
    response = sign_in(client, member.phone, "wrong-password")

    assert response.context["form"].non_field_errors() == [MISMATCH]
    assert f'value="{member.phone}"' in response.text
    assert "wrong-password" not in response.text


def test_unknown_phone_is_answered_as_a_wrong_password_is(client, member):
    unknown = "13911112222"

    answers = [
        visible(sign_in(client, phone, "wrong-password"), phone)
        for phone in (member.phone, unknown)
    ]

    assert answers[0] == answers[1]


def visible(response, phone: str) -> tuple[int, str]:
    token = str(response.context["csrf_token"])
    return response.status_code, response.text.replace(phone, "").replace(token, "")


def test_broken_phone_is_explained(client, db):
    response = sign_in(client, "1380000")

    assert response.context["form"].errors["login"] == [
        "手机号应为 11 位数字，以 1 开头，请检查有没有漏写或多写。"
    ]


def test_inactive_member_is_told_whom_to_ask(client, member):
    member.is_active = False
    member.save()

    response = client.post(
        LOGIN, {"login": member.phone, "password": PASSWORD, **TICK}, follow=True
    )

    assert "这个账号已停用" in response.text
    assert signed_in_id(client) is None


def test_inactive_member_with_a_wrong_password_learns_nothing(client, member):
    member.is_active = False
    member.save()

    response = sign_in(client, member.phone, "wrong-password")

    assert response.context["form"].non_field_errors() == [MISMATCH]


def test_five_failures_lock_the_phone(client, member):
    fail(client, member.phone, times=5)

    response = sign_in(client, member.phone)

    assert response.context["form"].non_field_errors() == [
        "密码输错次数太多。请 15 分钟后再试，或改用短信验证码登录。"
    ]
    assert signed_in_id(client) is None


def test_an_unknown_phone_locks_alike(client, db):
    fail(client, "13911112222", times=5)

    response = sign_in(client, "13911112222")

    assert "密码输错次数太多" in response.text


def test_lock_leaves_the_next_phone_at_the_same_address_alone(client, member):
    neighbour = make_member("刘桂花")
    fail(client, member.phone, times=6)

    sign_in(client, neighbour.phone)

    assert signed_in_id(client) == str(neighbour.pk)


def test_signing_in_forgives_earlier_failures(client, member):
    fail(client, member.phone, times=4)
    sign_in(client, member.phone)
    fail(client, member.phone, times=4)

    assert sign_in(client, member.phone).status_code == 302


def test_a_village_of_a_hundred_signs_in_from_one_address(client, member):
    statuses = {sign_in(client, member.phone).status_code for _ in range(100)}

    assert statuses == {302}


def test_a_flood_from_one_address_is_asked_to_wait(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "1/m/ip"}
    sign_in(client, "13911112222")

    response = sign_in(client, "13911113333")

    assert response.status_code == 429
    assert "请等一分钟再试" in response.text


def test_next_is_followed_on_this_site(client, member):
    assert sign_in(client, member.phone, next="/board/?level=4").url == "/board/?level=4"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "https://other.localhost/",
        "http://localhost/",
    ],
)
def test_next_to_anywhere_else_is_ignored(client, member, target):
    assert sign_in(client, member.phone, next=target).url == "/"


def test_staff_without_an_appointment_land_in_the_admin(client, db):
    editor = make_member("周编辑", is_staff=True)

    assert sign_in(client, editor.phone).url == reverse("wagtailadmin_home")


def test_staff_with_an_appointment_land_at_home(client, tree):
    chair = make_member("林主席", is_staff=True)
    make_appointment(chair, tree.village)

    assert sign_in(client, chair.phone).url == "/"


def test_logout_asks_before_it_signs_out(client, member):
    client.force_login(member)

    assert "确定要退出登录吗" in client.get("/accounts/logout/").text
    assert signed_in_id(client) == str(member.pk)


def test_logout_by_post_signs_out(client, member):
    client.force_login(member)

    response = client.post("/accounts/logout/")

    assert response.url == "/"
    assert signed_in_id(client) is None


def test_admin_sends_a_plain_member_to_the_sign_in_page(client, member):
    client.force_login(member)

    response = client.get(reverse("wagtailadmin_home"), follow=True)

    assert response.redirect_chain == [(f"{LOGIN}?next=/admin/", 302)]
    assert "您已经用“陈秀英”的账号登录" in response.text


def test_admin_sends_a_visitor_to_the_sign_in_page(client, db):
    assert client.get(reverse("wagtailadmin_home")).url == f"{LOGIN}?next=/admin/"


def test_admin_lets_an_administrator_in_after_signing_in(client, db):
    admin = make_member("系统管理员", is_staff=True, is_superuser=True)

    response = client.post(
        LOGIN, {"login": admin.phone, "password": PASSWORD, "next": "/admin/", **TICK}, follow=True
    )

    assert (response.status_code, response.redirect_chain) == (200, [("/admin/", 302)])


@pytest.mark.parametrize("path", ["password/reset/", "signup/", "email/"])
def test_unused_parts_of_allauth_have_no_address(client, db, path):
    assert client.get(f"/accounts/{path}").status_code == 404


def test_wagtails_password_reset_is_off(client, db):
    assert client.get("/admin/password_reset/").status_code == 404


def test_wagtails_own_form_signs_nobody_in(client, db):
    admin = make_member("系统管理员", is_staff=True, is_superuser=True)

    client.post("/admin/login/", {"username": admin.phone, "password": PASSWORD})

    assert signed_in_id(client) is None


@pytest.mark.parametrize("path", ["login/", "login/code/", "password/change/", "inactive/"])
def test_account_pages_carry_no_inline_script_or_style(client, member, path):
    if path.startswith("password"):
        client.force_login(member)

    text = client.get(f"/accounts/{path}").text

    assert [bad for bad in ("<style", " style=", "<script>", " onclick=") if bad in text] == []
