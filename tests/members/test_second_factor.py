"""Staff's second factor by an app's code and by recovery codes, as a browser sees it."""

import time
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from members.models import Action, AuditEntry
from tests.factories import TICK, make_member, make_staff
from tests.members.devices import sign_in, signed_in, signed_in_id, still_in

INDEX, ACTIVATE = "/accounts/2fa/", "/accounts/2fa/totp/activate/"
AUTHENTICATE, CODES = "/accounts/2fa/authenticate/", "/accounts/2fa/recovery-codes/"
WRONG = "验证没有通过：不对、已经用过或过期了。请换一个再试。"


@pytest.fixture
def staff(home):
    return make_member("林主任", is_staff=True, is_superuser=True)


@pytest.fixture
def required(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True


def code_of(secret: str, step: int = 0) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + step))


def set_up(client) -> str:
    """Set up the app; the codes that were used for that are spent for nothing else."""
    secret = client.get(ACTIVATE).context["form"].secret
    response = client.post(ACTIVATE, {"code": code_of(secret)})
    assert response.url == CODES, response.context["form"].errors
    return secret


def equipped(member) -> tuple[str, list[str]]:
    """What she has: the app's secret and the recovery codes."""
    client = signed_in(member)
    secret = set_up(client)
    return secret, client.get(CODES).context["unused_codes"]


def changes() -> list[str]:
    rows = AuditEntry.objects.filter(action=Action.SECOND_FACTOR_CHANGED).order_by("pk")
    return [each.detail["change"] for each in rows]


def test_password_alone_signs_nobody_in(staff):
    equipped(staff)
    client = Client()

    assert sign_in(client, staff).url == AUTHENTICATE
    assert signed_in_id(client) is None
    assert client.get("/admin/").status_code == 302


def test_code_of_the_app_signs_in(staff):
    secret, _codes = equipped(staff)
    client = Client()
    sign_in(client, staff, next="/admin/account/")

    response = client.post(AUTHENTICATE, {"code": code_of(secret)})

    assert response.url == "/admin/account/"
    detail = AuditEntry.objects.filter(action=Action.SIGNED_IN).last().detail
    assert detail == {"way": "password", "second_factor": True}


def test_sms_code_asks_for_the_second_factor_too(staff, sent):
    equipped(staff)
    client = Client()
    client.post("/accounts/login/code/", {"phone": staff.phone, **TICK})

    response = client.post("/accounts/login/code/confirm/", {"code": sent[0][1]})

    assert response.url == AUTHENTICATE
    assert signed_in_id(client) is None


def test_wrong_code_is_explained(staff):
    equipped(staff)
    client = Client()
    sign_in(client, staff)

    response = client.post(AUTHENTICATE, {"code": "000000"})

    assert response.context["form"].errors["code"] == [WRONG]
    assert AuditEntry.objects.last().detail == {"way": "second_factor"}


def test_code_works_once(staff):
    secret, _codes = equipped(staff)
    code = code_of(secret, step=1)
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, staff)
    first.post(AUTHENTICATE, {"code": code})
    # allauth itself forgets it after half a minute, and takes it for another.
    totp.cache.delete(f"allauth.mfa.totp.used?user={staff.pk}&code={code}")

    response = second.post(AUTHENTICATE, {"code": code})

    assert response.context["form"].errors["code"] == [WRONG]
    assert (bool(signed_in_id(first)), signed_in_id(second)) == (True, None)


def test_recovery_code_signs_in_once(staff):
    _secret, codes = equipped(staff)
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, staff)
        client.post(AUTHENTICATE, {"code": codes[0]})

    assert (bool(signed_in_id(first)), signed_in_id(second)) == (True, None)


def test_five_wrong_codes_lock_the_right_one_in_any_browser(staff):
    secret, _codes = equipped(staff)
    for _ in range(5):
        client = Client()
        sign_in(client, staff)
        client.post(AUTHENTICATE, {"code": "000000"})

    response = client.post(AUTHENTICATE, {"code": code_of(secret)})

    assert response.context["form"].errors["code"] == ["验证输错次数太多。请 15 分钟后再试。"]
    assert signed_in_id(client) is None


def test_recovery_codes_are_shown_once(staff):
    client = signed_in(staff)
    set_up(client)

    first, second = client.get(CODES), client.get(CODES)

    assert len(first.context["unused_codes"]) == 10
    assert first.context["file"].startswith("data:text/plain;base64,")
    assert first.context["unused_codes"][0] not in second.text
    assert "只显示过一次" in second.text


def test_secrets_are_encrypted_at_rest(staff):
    secret, codes = equipped(staff)

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert [each for each in (secret, *codes) if each in stored] == []


def test_new_recovery_codes_void_the_old(staff):
    client = signed_in(staff)
    set_up(client)
    old = client.get(CODES).context["unused_codes"]

    client.post(f"{CODES}new/")
    other = Client()
    sign_in(other, staff)
    other.post(AUTHENTICATE, {"code": old[0]})

    assert signed_in_id(other) is None
    assert changes() == ["totp_added", "recovery_codes_made"]


def test_changing_asks_again_who_she_is(staff, monkeypatch):
    client = signed_in(staff)
    later = time.time() + 6 * 60
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr("django.utils.timezone.now", _at(later))

    response = client.get(ACTIVATE)
    client.post(response.url, {"password": "kapok-2026-blooms"})

    assert response.url == f"/accounts/reauthenticate/?{urlencode({'next': ACTIVATE})}"
    assert client.get(ACTIVATE).status_code == 200


def _at(moment: float):
    return lambda: datetime.fromtimestamp(moment, UTC)


def test_app_can_be_put_away(staff):
    client = signed_in(staff)
    set_up(client)

    client.post("/accounts/2fa/totp/deactivate/")

    assert not Authenticator.objects.exists()
    assert changes() == ["totp_added", "totp_removed"]


@pytest.mark.parametrize("path", ["/admin/", "/desk/", "/admin/account/", "/desk/roster/"])
def test_staff_without_one_are_led_to_set_it_up(required, staff, path):
    client = signed_in(staff)

    response = client.get(path)

    assert response.url == f"{INDEX}?{urlencode({'next': path})}"
    assert client.get(INDEX).status_code == 200


def test_staff_without_one_post_nothing(required, staff):
    client = signed_in(staff)

    client.post("/admin/account/", {"name_email-name": "改了"})

    staff.refresh_from_db()
    assert staff.name == "林主任"


def test_staff_who_set_it_up_get_in(required, staff):
    client = signed_in(staff)
    set_up(client)

    assert client.get("/admin/").status_code == 200


def test_a_session_that_showed_none_has_to(required, staff):
    other = signed_in(staff)
    secret, _codes = equipped(staff)

    to_check = other.get("/admin/")
    other.post("/accounts/2fa/reauthenticate/", {"code": code_of(secret, step=1)})

    assert to_check.url.startswith("/accounts/2fa/reauthenticate/?next=")
    assert other.get("/admin/").status_code == 200


def test_a_session_from_before_sets_up_no_other(staff):
    other = signed_in(staff)
    equipped(staff)

    assert other.get("/accounts/2fa/passkeys/add/").url.startswith("/accounts/2fa/reauthenticate/")


def test_staff_learn_without_one(required, staff):
    assert still_in(signed_in(staff))


def test_a_member_is_never_asked(required, member, home):
    client = signed_in(member)

    assert "2fa" not in client.get("/desk/", follow=True).request["PATH_INFO"]
    assert client.get(INDEX, follow=True).redirect_chain == [("/me/security/", 302)]


def test_holder_of_a_role_is_asked_though_the_admin_is_closed_to_her(required, tree):
    chair = make_staff(tree.town)
    chair.is_staff = False
    chair.save()

    assert signed_in(chair).get("/desk/").url.startswith(INDEX)


def test_demo_and_tests_do_not_ask(staff):
    assert signed_in(staff).get("/admin/").status_code == 200


@pytest.mark.parametrize("credential", ["", "x", "[]", "[1]", '"a"', "{}", '{"response": "x"}'])
@pytest.mark.parametrize("path", ["passkeys/add/", "passkeys/reauthenticate/"])
def test_what_is_no_credential_is_refused_and_not_an_error(staff, path, credential):
    client = signed_in(staff)
    client.get(f"/accounts/2fa/{path}")

    response = client.post(f"/accounts/2fa/{path}", {"credential": credential, "name": "x"})

    assert response.status_code in (200, 302)
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "credential", ["", "[1]", "{}", '{"response": {"userHandle": "OTk5OTk5"}}']
)
def test_odd_passkeys_sign_nobody_in(client, staff, credential):
    client.get("/accounts/2fa/passkeys/sign-in/", headers={"accept": "application/json"})

    response = client.post("/accounts/2fa/passkeys/sign-in/", {"credential": credential})

    assert response.url == "/accounts/login/"
    assert signed_in_id(client) is None


@pytest.mark.parametrize("path", ["", "totp/activate/", "recovery-codes/new/", "passkeys/add/"])
def test_pages_carry_no_inline_script_or_style(staff, path):
    client = signed_in(staff)
    set_up(client)
    if path == "totp/activate/":
        client.post("/accounts/2fa/totp/deactivate/")

    text = client.get(f"/accounts/2fa/{path}").text

    assert [bad for bad in ("<style", " style=", "<script>", " onclick=") if bad in text] == []
