from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from members.domain.login_codes import ask_for_code
from members.domain.phone_proofs import ask_for_proof
from members.tasks import clear_expired_sessions, send_login_code, send_proof_code

HERE, UNKNOWN = "192.0.2.1", "13911112222"


def test_clear_expired_sessions_keeps_the_live_ones(db):
    live, dead = SessionStore(), SessionStore()
    for session in (live, dead):
        session.create()
    old = timezone.now() - timedelta(days=1)
    Session.objects.filter(session_key=dead.session_key).update(expire_date=old)

    clear_expired_sessions.delay()

    assert [s.session_key for s in Session.objects.all()] == [live.session_key]


def test_send_login_code_sends_to_who_asked(member, sent):
    send_login_code.delay(ask_for_code(phone=member.phone, address=HERE, now=timezone.now()))

    assert [phone for phone, _ in sent] == [member.phone]


def test_send_proof_code_sends_to_the_phone_behind_the_handle(db, sent):
    send_proof_code.delay(ask_for_proof(phone=UNKNOWN, address=HERE, now=timezone.now()))

    assert [phone for phone, _ in sent] == [UNKNOWN]
