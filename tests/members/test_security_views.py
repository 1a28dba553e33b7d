import pytest

from tests.factories import make_member
from tests.members.devices import signed_in

SECURITY = "/me/security/"


def titles(client) -> list[str]:
    return [row.title for row in client.get(SECURITY).context["rows"]]


def test_member_sees_how_she_signs_in(member):
    client = signed_in(member)

    assert titles(client) == ["手机号", "密码", "登录的设备"]
    assert member.masked_phone in client.get(SECURITY).text
    assert member.phone not in client.get(SECURITY).text


def test_staff_see_their_second_factor_too(db):
    client = signed_in(make_member("林主任", is_staff=True))

    assert "两步验证" in titles(client)


def test_member_without_a_password_is_led_to_set_one(client, member):
    member.set_unusable_password()
    member.save()
    client.force_login(member)

    assert "/accounts/password/set/" in client.get(SECURITY).text


def test_her_page_leads_there(client, member, home):
    client.force_login(member)

    assert SECURITY in client.get("/me/").text


@pytest.mark.parametrize("path", [SECURITY, "/me/devices/"])
def test_pages_carry_no_inline_script_or_style(member, path):
    text = signed_in(member).get(path).text

    assert [bad for bad in ("<style", " style=", "<script>", " onclick=") if bad in text] == []
