"""Sessions of staff that were left alone, rights that changed, and what the guard costs."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import Action, AuditEntry, Device
from members.sessions import RIGHTS, SEEN
from tests.factories import make_member
from tests.members.devices import leave_alone, sign_in, signed_in, signed_in_id, still_in

HALF_HOUR = timedelta(minutes=30, seconds=1)
NAME = {"name_email-name": "林小燕", "name_email-email": "", "theme-theme": "system"}
ACCOUNT = NAME | {
    "theme-contrast": "system",
    "theme-density": "default",
    "theme-keyboard_shortcuts": "on",
}


@pytest.fixture
def staff(home):
    return make_member("林主任", is_staff=True, is_superuser=True)


def test_staff_who_did_nothing_for_half_an_hour_sign_in_again(staff):
    client = signed_in(staff)
    leave_alone(client, HALF_HOUR)

    response = client.get("/admin/", follow=True)

    assert response.redirect_chain == [("/accounts/login/?next=/admin/", 302)]
    assert "您有 30 分钟没有操作" in response.text
    assert AuditEntry.objects.get(action=Action.SESSION_ENDED).detail["why"] == "idle"
    assert not Device.objects.exists()


def test_staff_who_are_at_work_stay(staff):
    client = signed_in(staff)
    leave_alone(client, timedelta(minutes=29))
    client.get("/admin/")
    before = client.session[SEEN]

    leave_alone(client, timedelta(minutes=29))
    client.get("/admin/")

    assert signed_in_id(client)
    assert client.session[SEEN] == pytest.approx(before, abs=5)


def test_a_session_without_a_time_is_an_old_one(staff):
    client = signed_in(staff)
    session = client.session
    del session[SEEN]
    session.save()

    client.get("/admin/")

    assert signed_in_id(client) is None


def test_members_are_not_asked_again(member):
    client = signed_in(member)
    leave_alone(client, timedelta(days=20))

    assert still_in(client)


def test_an_open_editor_alone_keeps_nobody_in(staff):
    client = signed_in(staff)
    leave_alone(client, timedelta(minutes=10))
    before = client.session[SEEN]

    client.get(reverse("job_progress", args=[1]))

    assert client.session[SEEN] == before


@pytest.mark.parametrize(("minutes", "writes"), [(0, 0), (2, 2)])
def test_guard_writes_once_a_minute(staff, minutes, writes):
    client = signed_in(staff)
    client.get("/me/devices/")
    leave_alone(client, timedelta(minutes=minutes))

    with CaptureQueriesContext(connection) as queries:
        client.get("/me/devices/")

    updates = [each["sql"] for each in queries if each["sql"].startswith("UPDATE")]
    assert len(updates) == writes  # the session and the device


def test_guard_asks_the_database_nothing(member, django_assert_num_queries):
    client = signed_in(member)

    with django_assert_num_queries(2):  # session, member
        client.post("/me/devices/")


def test_a_session_that_becomes_staffs_gets_a_new_key(member):
    client = signed_in(member)
    before = client.session.session_key
    member.is_staff = True
    member.save()

    client.get("/me/devices/")

    assert client.session.session_key != before
    assert client.session[RIGHTS] == "10"
    assert not Session.objects.filter(session_key=before).exists()
    assert Device.objects.get().session_key == client.session.session_key


def test_what_staff_typed_is_offered_again(staff):
    client = signed_in(staff)
    leave_alone(client, HALF_HOUR)
    to_login = client.post("/admin/account/", ACCOUNT)
    kept = str(client.session["kept_form"])
    sign_in(client, staff)

    offered = client.get("/admin/account/")
    client.post("/admin/account/", dict(offered.context["fields"]))

    staff.refresh_from_db()
    assert to_login.url == "/accounts/login/?next=/admin/account/"
    assert "刚才填的内容还在" in offered.text
    assert staff.name == "林小燕"
    assert "name_email" not in kept  # sealed
    assert "kept_form" not in client.session


def test_a_password_is_not_kept(staff):
    client = signed_in(staff)
    leave_alone(client, HALF_HOUR)
    client.post("/admin/account/", ACCOUNT | {"password1": "lychee-and-longan-7"})
    sign_in(client, staff)

    assert "lychee" not in client.get("/admin/account/").text


def test_what_staff_typed_can_be_dropped(staff):
    client = signed_in(staff)
    leave_alone(client, HALF_HOUR)
    client.post("/admin/account/", ACCOUNT)
    sign_in(client, staff)
    offered = client.get("/admin/account/")

    client.get(offered.context["drop"])

    assert "刚才填的内容还在" not in client.get("/admin/account/").text


def test_what_staff_typed_is_shown_to_nobody_else(staff):
    client = signed_in(staff)
    leave_alone(client, HALF_HOUR)
    client.post("/admin/account/", ACCOUNT)
    sign_in(client, make_member("别人", is_staff=True, is_superuser=True))

    assert "林小燕" not in client.get("/admin/account/").text


def test_what_is_sent_later_takes_the_place_of_what_was_kept(staff):
    client = signed_in(staff)
    leave_alone(client, HALF_HOUR)
    client.post("/admin/account/", ACCOUNT)
    client.post("/admin/account/", ACCOUNT | {"name_email-name": "林晓燕"})
    sign_in(client, staff)

    assert "林晓燕" in client.get("/admin/account/").text


def test_a_visitors_form_is_not_kept(client, staff):
    client.get("/")
    client.post("/admin/account/", ACCOUNT)

    assert "kept_form" not in client.session


def test_a_forged_form_is_not_kept(staff):
    client = signed_in(staff, enforce_csrf_checks=True)
    assert signed_in_id(client) is None  # its own sign-in was refused as well
    client.force_login(staff)
    leave_alone(client, HALF_HOUR)

    assert client.post("/admin/account/", ACCOUNT).status_code == 403
    assert "kept_form" not in client.session
