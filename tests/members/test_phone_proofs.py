from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from members.domain.challenges import RESEND, CodeGone, CodeWrong
from members.domain.limits import LimitReached
from members.domain.login_codes import ask_for_code
from members.domain.phone_proofs import _key, ask_for_proof, redeem_proof, send_proof

NOW = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)
UNKNOWN = "13911112222"
HERE = "192.0.2.1"


def get_code(phone: str, sent: list, now: datetime = NOW) -> str:
    send_proof(handle=ask_for_proof(phone=phone, address=HERE, now=now), now=now)
    return sent[-1][1]


def another(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_any_phone_gets_a_code(db, sent):
    code = get_code(UNKNOWN, sent)

    assert sent == [(UNKNOWN, code)]
    redeem_proof(phone=UNKNOWN, code=code, now=NOW)


def test_a_proof_works_once(db, sent):
    code = get_code(UNKNOWN, sent)
    redeem_proof(phone=UNKNOWN, code=code, now=NOW)

    with pytest.raises(CodeGone):
        redeem_proof(phone=UNKNOWN, code=code, now=NOW)


def test_a_proof_is_of_one_phone(db, member, sent):
    code = get_code(UNKNOWN, sent)
    ask_for_proof(phone=member.phone, address=HERE, now=NOW)

    with pytest.raises(CodeWrong):
        redeem_proof(phone=member.phone, code=code, now=NOW)


def test_a_sign_in_code_proves_nothing(member):
    ask_for_code(phone=member.phone, address=HERE, now=NOW)

    with pytest.raises(CodeGone):
        redeem_proof(phone=member.phone, code="000000", now=NOW)


def test_a_sixth_guess_is_one_too_many(db, sent):
    code = get_code(UNKNOWN, sent)
    for _ in range(5):
        with pytest.raises(CodeWrong):
            redeem_proof(phone=UNKNOWN, code=another(code), now=NOW)

    with pytest.raises(CodeGone):
        redeem_proof(phone=UNKNOWN, code=code, now=NOW)


def test_a_phone_waits_a_minute_whatever_the_codes_are_for(member):
    ask_for_code(phone=member.phone, address=HERE, now=NOW)

    with pytest.raises(LimitReached) as caught:
        ask_for_proof(phone=member.phone, address=HERE, now=NOW + timedelta(seconds=30))

    assert caught.value.limit == RESEND


def test_a_handle_sends_once(db, sent):
    handle = ask_for_proof(phone=UNKNOWN, address=HERE, now=NOW)

    for _ in range(2):
        send_proof(handle=handle, now=NOW)

    assert len(sent) == 1


def test_the_cache_holds_no_phone_that_can_be_read(db):
    handle = ask_for_proof(phone=UNKNOWN, address=HERE, now=NOW)

    assert UNKNOWN not in repr(cache.get(_key(handle)))
