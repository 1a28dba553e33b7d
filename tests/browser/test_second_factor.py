"""Passkeys with Chromium's own virtual authenticator, and the second factor's pages on a phone."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from tests.browser.conftest import PC, PHONE, agree, enter, sign_in
from tests.browser.looking import find_axe_faults, find_size_faults
from tests.factories import PASSWORD, make_member

FINGERPRINT = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def staff(home):
    return make_member("林主任", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(new_context) -> Page:
    """A computer with a fingerprint reader."""
    page = new_context(PC).new_page()
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": FINGERPRINT})
    return page


def add_passkey(page: Page, member) -> None:
    sign_in(page, member)
    page.goto("/accounts/2fa/passkeys/add/")
    page.get_by_role("button", name="添加").click()
    page.wait_for_url("**/recovery-codes/")


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/")


def test_passkey_is_a_second_factor(desk, live_server, staff):
    add_passkey(desk, staff)
    expect(desk.locator(".secrets li")).to_have_count(10)
    sign_out(desk)

    desk.goto("/accounts/login/?next=/me/devices/")
    desk.fill("[name=login]", staff.phone)
    desk.fill("[name=password]", PASSWORD)
    agree(desk)
    desk.locator("main form").get_by_role("button", name="登录").click()
    desk.get_by_role("button", name="改用通行密钥").click()

    desk.wait_for_url("**/me/devices/")
    assert Authenticator.objects.get(type="webauthn").last_used_at


def test_passkey_signs_in_without_a_password(desk, live_server, staff):
    add_passkey(desk, staff)
    sign_out(desk)

    desk.goto("/accounts/login/")
    desk.get_by_role("button", name="用通行密钥").click()

    desk.wait_for_url("**/admin/")


def test_device_without_the_passkey_says_what_to_do(desk, live_server, home):
    desk.goto("/accounts/login/")
    tools = desk.context.new_cdp_session(desk)
    tools.send("WebAuthn.enable")
    desk.get_by_role("button", name="用通行密钥").click()

    expect(desk.get_by_text("没有完成：可能是取消了")).to_be_visible()


def test_code_for_the_app_is_drawn_under_the_strict_policy(desk, live_server, staff):
    enter(desk.context, live_server.url, staff)
    desk.goto("/accounts/2fa/totp/activate/")
    # The session that came by cookie showed nothing yet.
    if "reauthenticate" in desk.url:
        desk.fill("[name=password]", PASSWORD)
        desk.get_by_role("button", name="确认").click()

    expect(desk.locator("img.qr")).to_be_visible()
    assert desk.locator("img.qr").evaluate("img => img.naturalWidth > 0")


PAGES = [
    "/me/security/",
    "/me/devices/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/passkeys/add/",
    "/accounts/login/",
]


@pytest.mark.parametrize("size", ["", "xl"])
def test_pages_are_sound_on_a_phone(new_context, live_server, staff, size):
    staff.text_size = size
    staff.save()
    page = new_context(PHONE).new_page()
    sign_in(page, staff)
    found = {}
    for address in PAGES:
        page.goto(address)
        faults = find_size_faults(page, smallest_text=13.6, smallest_target=44)
        if faults := [*faults, *find_axe_faults(page)]:
            found[address] = faults

    assert found == {}
