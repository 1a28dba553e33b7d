from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from members.domain.challenges import RESEND
from members.domain.login_codes import ask_for_code
from members.domain.phone_proofs import ask_for_proof, redeem_proof
from members.models import Device
from members.sms import Busy, NotSent
from members.tasks import clear_expired_sessions, send_login_code, send_proof_code
from tests.factories import TICK

HERE, UNKNOWN = "192.0.2.1", "13911112222"


def test_clear_expired_sessions_keeps_the_live_ones(db):
    live, dead = SessionStore(), SessionStore()
    for session in (live, dead):
        session.create()
    old = timezone.now() - timedelta(days=1)
    Session.objects.filter(session_key=dead.session_key).update(expire_date=old)

    clear_expired_sessions.delay()

    assert [s.session_key for s in Session.objects.all()] == [live.session_key]


def test_clear_expired_sessions_forgets_their_devices(member):
    now = timezone.now()
    gone = {"name": "微信 · 安卓手机", "signed_in_at": now, "last_seen_at": now}
    Device.objects.create(member=member, session_key="gone", **gone)

    clear_expired_sessions.delay()

    assert not Device.objects.exists()


def test_send_login_code_sends_to_who_asked(member, sent):
    send_login_code.delay(ask_for_code(phone=member.phone, address=HERE, now=timezone.now()))

    assert [phone for phone, _ in sent] == [member.phone]


def test_send_proof_code_sends_to_the_phone_behind_the_handle(db, sent):
    send_proof_code.delay(ask_for_proof(phone=UNKNOWN, address=HERE, now=timezone.now()))

    assert [phone for phone, _ in sent] == [UNKNOWN]


class BusySender:
    """Busy so many times, then not."""

    left, sent = 0, []

    def send_code(self, phone, code):
        if BusySender.left:
            BusySender.left -= 1
            raise Busy("Throttling")
        BusySender.sent.append((phone, code))


@pytest.fixture
def busy(settings):
    settings.SMS_SENDER = "tests.members.test_tasks.BusySender"
    BusySender.sent = []
    return BusySender


@pytest.mark.parametrize(("times", "messages"), [(0, 1), (3, 1), (4, 0)])
def test_send_tries_a_busy_company_four_times(member, busy, times, messages):
    busy.left = times

    send_login_code.delay(ask_for_code(phone=member.phone, address=HERE, now=timezone.now()))

    assert len(busy.sent) == messages


def test_proof_that_was_tried_again_carries_the_code_that_counts(db, busy):
    busy.left = 2
    send_proof_code.delay(ask_for_proof(phone=UNKNOWN, address=HERE, now=timezone.now()))

    redeem_proof(phone=UNKNOWN, code=busy.sent[0][1], now=timezone.now())


def test_send_gives_up_with_a_line_in_the_log(member, busy, caplog):
    busy.left = 4

    send_login_code.delay(ask_for_code(phone=member.phone, address=HERE, now=timezone.now()))

    assert "sms_given_up" in caplog.text
    assert member.phone not in caplog.text


def test_tries_are_over_before_the_next_code_may_be_asked_for():
    waits = [2 ** (retry + 1) for retry in range(send_login_code.max_retries)]

    assert sum(waits) < RESEND.seconds


class RefusingSender:
    def send_code(self, phone, code):
        raise NotSent("isv.AMOUNT_NOT_ENOUGH", "F655A8D5")


def test_a_refusal_for_good_is_one_line_in_the_log(client, member, settings, caplog):
    settings.SMS_SENDER = "tests.members.test_tasks.RefusingSender"

    response = client.post("/accounts/login/code/", {"phone": member.phone, **TICK})

    assert response.status_code == 302
    assert "isv.AMOUNT_NOT_ENOUGH" in caplog.text
    assert member.phone not in caplog.text
