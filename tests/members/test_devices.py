"""Where she is signed in, as a browser sees it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from members.domain.devices import devices_of, forget_ended_devices
from members.models import Action, AuditEntry, Device
from tests.factories import TICK, make_member
from tests.members.devices import WECHAT, leave_alone, sign_in, signed_in, still_in

DEVICES = "/me/devices/"
OTHERS = "/me/devices/others/end/"


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_sign_in_notes_the_device_in_plain_words(member):
    signed_in(member, HTTP_USER_AGENT=WECHAT, REMOTE_ADDR="113.77.12.34")

    [device] = devices_of(member, now=timezone.now())
    assert (device.name, device.network) == ("微信 · 安卓手机", "113.77.*.*")


def test_list_marks_the_device_in_her_hand(member):
    here, there = signed_in(member), signed_in(member, HTTP_USER_AGENT=WECHAT)

    page = here.get(DEVICES)

    assert [each.session_key for each in page.context["here"]] == [here.session.session_key]
    assert [each.session_key for each in page.context["others"]] == [there.session.session_key]
    assert page.text.count("就是这台") == 1


def test_list_shows_nobody_elses(member):
    signed_in(make_member("刘桂花"))
    here = signed_in(member)

    assert here.get(DEVICES).context["others"] == []


@pytest.mark.parametrize("count", [1, 30])
def test_list_takes_the_same_queries(member, count, django_assert_max_num_queries):
    clients = [signed_in(member) for _ in range(count)]

    # Session, member, devices, and the frame.
    with django_assert_max_num_queries(8):
        assert len(clients[0].get(DEVICES).context["others"]) == count - 1


def test_one_device_is_signed_out(member):
    here, there = signed_in(member), signed_in(member)
    device = Device.objects.get(session_key=there.session.session_key)

    here.post(f"/me/devices/{device.pk}/end/")

    assert (still_in(here), still_in(there)) == (True, False)
    assert actions()[-1] == Action.SESSION_ENDED


def test_nobody_signs_out_anothers_device(member):
    theirs = signed_in(make_member("刘桂花"))
    device = Device.objects.get(session_key=theirs.session.session_key)

    assert signed_in(member).post(f"/me/devices/{device.pk}/end/").status_code == 404
    assert still_in(theirs)


def test_her_own_device_is_not_ended_here(member):
    here = signed_in(member)
    device = Device.objects.get()

    assert here.post(f"/me/devices/{device.pk}/end/").status_code == 404


def test_all_others_are_signed_out(member):
    here, *others = (signed_in(member) for _ in range(3))
    # In from before devices were noted.
    unknown = Client()
    unknown.force_login(member)

    here.post(OTHERS)

    assert [still_in(each) for each in (here, *others, unknown)] == [True, False, False, False]
    assert [each.session_key for each in Device.objects.all()] == [here.session.session_key]


def test_ending_others_goes_on_under_a_new_key(member):
    here = signed_in(member)
    before = here.session.session_key

    here.post(OTHERS)

    assert here.session.session_key != before


def test_new_password_ends_the_other_devices(member):
    here, there = signed_in(member), signed_in(member)
    new = "lychee-and-longan-7"

    here.post(
        "/accounts/password/change/",
        {"oldpassword": "kapok-2026-blooms", "password1": new, "password2": new},
    )

    assert (still_in(here), still_in(there)) == (True, False)
    assert [each.session_key for each in Device.objects.all()] == [here.session.session_key]
    assert Action.PASSWORD_CHANGED in actions()


def test_signing_out_forgets_the_device(member):
    here = signed_in(member)

    here.post("/accounts/logout/")

    assert not Device.objects.exists()
    assert (actions()[0], actions()[-1]) == (Action.SIGNED_IN, Action.SIGNED_OUT)


def test_wagtails_way_out_is_ours(member):
    here = signed_in(member)

    here.post("/admin/logout/")

    assert not still_in(here)
    assert actions()[-1] == Action.SIGNED_OUT


def test_signing_in_again_replaces_the_device(member):
    here = signed_in(member)
    before = here.session.session_key

    sign_in(here, member)

    assert [each.session_key for each in Device.objects.all()] == [here.session.session_key]
    assert here.session.session_key != before


def test_devices_of_sessions_that_ran_out_are_forgotten(member):
    here, there = signed_in(member), signed_in(member)
    old = timezone.now() - timedelta(days=1)
    Session.objects.filter(session_key=there.session.session_key).update(expire_date=old)

    assert len(devices_of(member, now=timezone.now())) == 1
    assert forget_ended_devices(now=timezone.now()) == 1
    assert Device.objects.get().session_key == here.session.session_key


def test_sessions_from_before_the_upgrade_live_on(client, member):
    """Round 0 has the hash that Django made of the password."""
    client.force_login(member)
    parent = super(type(member), member)

    assert client.session["_auth_user_hash"] == parent._get_session_auth_hash()


def test_devices_that_staff_left_alone_are_not_shown(member):
    member.is_staff = True
    member.save()
    here, there = signed_in(member), signed_in(member)
    Device.objects.filter(session_key=there.session.session_key).update(
        last_seen_at=timezone.now() - timedelta(minutes=31)
    )

    assert here.get(DEVICES).context["others"] == []


def test_visitor_is_sent_to_sign_in(client, db):
    assert client.get(DEVICES).url == f"/accounts/login/?next={DEVICES}"


def test_audit_names_the_way_in(member, sent):
    client = signed_in(member)
    client.post("/accounts/login/code/", {"phone": member.phone, **TICK})
    client.post("/accounts/login/code/confirm/", {"code": sent[0][1]})

    details = AuditEntry.objects.filter(action=Action.SIGNED_IN).order_by("pk")
    assert [each.detail["way"] for each in details] == ["password", "sms"]


def test_audit_of_a_failure_names_the_member_and_no_phone(member, client):
    sign_in(client, member, "wrong-password")

    [entry] = AuditEntry.objects.all()
    assert (entry.action, entry.subject_id) == (Action.SIGN_IN_FAILED, str(member.pk))
    assert entry.detail == {"way": "password"}


def test_members_session_slides_by_the_day(member):
    client = signed_in(member)
    leave_alone(client, timedelta(days=2))
    Session.objects.update(expire_date=timezone.now() + timedelta(days=1))

    still_in(client)

    assert Session.objects.get().expire_date > timezone.now() + timedelta(days=29)
    assert client.cookies["sessionid"]["max-age"] == 30 * 24 * 60 * 60


def test_who_does_not_want_to_stay_is_signed_out_with_the_browser(member):
    client = Client()

    sign_in(client, member)

    assert client.cookies["sessionid"]["max-age"] == ""
