from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from members.domain.challenges import DAILY, RESEND, CodeGone, CodeWrong
from members.domain.limits import LimitReached
from members.domain.login_codes import SIGN_INS, ask_for_code, redeem_code, send_code
from members.models import Action, AuditEntry

NOW = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)
UNKNOWN = "13911112222"
HERE = "192.0.2.1"


def later(**delta) -> datetime:
    return NOW + timedelta(**delta)


def get_code(phone: str, sent: list, now: datetime = NOW) -> str:
    send_code(member_id=ask_for_code(phone=phone, address=HERE, now=now), now=now)
    return sent[-1][1]


def another(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_code_goes_to_the_members_phone(member, sent):
    code = get_code(member.phone, sent)

    assert sent == [(member.phone, code)]
    assert len(code) == 6


def test_redeem_returns_the_member_and_notes_the_phone_as_hers(member, sent):
    code = get_code(member.phone, sent)

    redeemed = redeem_code(phone=member.phone, code=code, now=later(minutes=4))

    member.refresh_from_db()
    assert redeemed == member
    assert member.phone_verified_at == later(minutes=4)


def test_redeem_keeps_the_first_verification(member, sent):
    member.phone_verified_at = later(days=-1)
    member.save()

    redeem_code(phone=member.phone, code=get_code(member.phone, sent), now=NOW)

    member.refresh_from_db()
    assert member.phone_verified_at == later(days=-1)


def test_redeem_refuses_a_used_code(member, sent):
    code = get_code(member.phone, sent)
    redeem_code(phone=member.phone, code=code, now=NOW)

    with pytest.raises(CodeGone):
        redeem_code(phone=member.phone, code=code, now=NOW)


def test_redeem_refuses_an_old_code(member, sent):
    code = get_code(member.phone, sent)

    with pytest.raises(CodeGone):
        redeem_code(phone=member.phone, code=code, now=later(minutes=5))


def test_redeem_refuses_the_code_before_the_last(member, sent):
    first = get_code(member.phone, sent)
    get_code(member.phone, sent, now=later(seconds=61))

    with pytest.raises(CodeWrong):
        redeem_code(phone=member.phone, code=first, now=later(seconds=62))


def test_redeem_refuses_another_members_code(member, sent):
    code = get_code(member.phone, sent)
    ask_for_code(phone=UNKNOWN, address=HERE, now=NOW)

    with pytest.raises(CodeWrong):
        redeem_code(phone=UNKNOWN, code=code, now=NOW)


def test_redeem_counts_wrong_guesses_down(member, sent):
    wrong = another(get_code(member.phone, sent))

    assert lefts(member.phone, wrong) == [4, 3, 2, 1, 0]


def test_redeem_counts_down_the_same_for_an_unknown_phone(db):
    ask_for_code(phone=UNKNOWN, address=HERE, now=NOW)

    assert lefts(UNKNOWN, "000000") == [4, 3, 2, 1, 0]


def lefts(phone: str, wrong: str) -> list[int]:
    """Guess wrongly five times: what is left after each."""
    seen = []
    for _ in range(5):
        with pytest.raises(CodeWrong) as caught:
            redeem_code(phone=phone, code=wrong, now=NOW)
        seen.append(caught.value.left)
    return seen


def test_redeem_refuses_the_right_code_after_five_wrong_ones(member, sent):
    code = get_code(member.phone, sent)
    lefts(member.phone, another(code))

    with pytest.raises(CodeGone):
        redeem_code(phone=member.phone, code=code, now=NOW)


def test_ask_waits_a_minute_between_codes(member):
    ask_for_code(phone=member.phone, address=HERE, now=NOW)

    with pytest.raises(LimitReached) as caught:
        ask_for_code(phone=member.phone, address=HERE, now=later(seconds=17))

    assert (caught.value.limit, caught.value.wait) == (RESEND, 43)


def test_ask_stops_after_ten_codes_a_day(member):
    for minute in range(10):
        ask_for_code(phone=member.phone, address=HERE, now=later(minutes=2 * minute))

    with pytest.raises(LimitReached) as caught:
        ask_for_code(phone=member.phone, address=HERE, now=later(hours=1))

    assert caught.value.limit == DAILY


def test_ask_finds_nobody_for_an_unknown_or_inactive_phone(member):
    member.is_active = False
    member.save()

    assert ask_for_code(phone=member.phone, address=HERE, now=NOW) is None
    assert ask_for_code(phone=UNKNOWN, address=HERE, now=NOW) is None


def test_send_is_silent_when_nobody_waits(member, sent):
    send_code(member_id=member.pk, now=NOW)
    send_code(member_id=None, now=NOW)

    assert sent == []


def test_send_is_silent_when_the_queue_was_too_slow(member, sent):
    ask_for_code(phone=member.phone, address=HERE, now=NOW)

    send_code(member_id=member.pk, now=later(minutes=6))

    assert sent == []


def test_cache_holds_no_code(member, sent):
    code = get_code(member.phone, sent)

    assert code not in repr(cache.get(SIGN_INS.key(member.phone)))


@pytest.mark.django_db
@pytest.mark.parametrize("is_known", [True, False])
def test_wrong_code_stands_in_the_audit_trail(member, sent, is_known):
    phone = member.phone if is_known else UNKNOWN
    ask_for_code(phone=phone, address=HERE, now=NOW)

    with pytest.raises(CodeWrong):
        redeem_code(phone=phone, code="000000", now=NOW)

    entry = AuditEntry.objects.get(action=Action.SIGN_IN_FAILED)
    assert (entry.subject_id, entry.detail) == (str(member.pk) if is_known else "", {"way": "sms"})
