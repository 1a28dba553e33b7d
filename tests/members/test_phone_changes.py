from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from members.domain.challenges import CodeGone, CodeWrong
from members.domain.limits import LimitReached
from members.domain.phone_changes import CHANGES, PhoneTaken, ask_to_change_phone, change_phone
from members.domain.phone_proofs import send_proof
from members.models import Action, AuditEntry, Member, Notice
from tests.factories import make_member

NOW = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)
NEW, HERE = "13911112222", "192.0.2.1"


def get_code(member: Member, sent: list, phone: str = NEW, now: datetime = NOW) -> str:
    send_proof(
        handle=ask_to_change_phone(member=member, phone=phone, address=HERE, now=now), now=now
    )
    return sent[-1][1]


def change(member: Member, code: str) -> str:
    try:
        change_phone(member=member, phone=NEW, code=code, now=NOW)
    except (CodeGone, CodeWrong, PhoneTaken) as refused:
        return type(refused).__name__
    return "changed"


def test_code_from_the_new_number_makes_it_hers(member, sent):
    code = get_code(member, sent)

    change_phone(member=member, phone=NEW, code=code, now=NOW)

    member.refresh_from_db()
    assert sent == [(NEW, code)]
    assert (member.phone, member.phone_verified_at) == (NEW, NOW)


def test_wrong_code_changes_nothing(member, sent):
    code = get_code(member, sent)

    assert change(member, f"{(int(code) + 1) % 10**6:06d}") == "CodeWrong"

    member.refresh_from_db()
    assert member.phone != NEW


def test_change_is_told_and_on_record_without_the_number(member, sent):
    change(member, get_code(member, sent))

    [entry] = AuditEntry.objects.filter(action=Action.PHONE_CHANGED)
    assert (entry.actor_id, entry.subject_id, entry.detail) == (member.pk, str(member.pk), {})
    [notice] = Notice.objects.filter(member=member)
    assert notice.text.startswith("登录用的手机号已改为 139****2222。")


def test_number_of_another_account_stays_there(member, sent):
    other = make_member("刘桂花", phone=NEW)
    before = member.phone

    assert change(member, get_code(member, sent)) == "PhoneTaken"

    member.refresh_from_db()
    other.refresh_from_db()
    assert (member.phone, other.phone) == (before, NEW)
    assert not AuditEntry.objects.filter(action=Action.PHONE_CHANGED).exists()


def test_database_error_is_not_passed_on_with_the_number(member, sent):
    make_member("刘桂花", phone=NEW)
    code = get_code(member, sent)

    with pytest.raises(PhoneTaken) as caught:
        change_phone(member=member, phone=NEW, code=code, now=NOW)

    assert caught.value.__suppress_context__


def test_member_may_try_five_numbers_a_day(member, sent):
    for number in range(5):
        get_code(member, sent, phone=f"1391111000{number}")

    with pytest.raises(LimitReached) as caught:
        get_code(member, sent, now=NOW + timedelta(hours=1))

    assert caught.value.limit == CHANGES


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_accounts_that_take_a_number_at_once_do_not_both_get_it(sent):
    rivals = [make_member("陈秀英"), make_member("刘桂花")]
    code = get_code(rivals[0], sent)
    barrier = Barrier(2)

    def take(member):
        try:
            barrier.wait()
            return change(member, code)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(take, rivals))

    assert outcomes.count("changed") == 1
    assert Member.objects.filter(phone=NEW).count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_database_refuses_the_second_of_two_that_were_both_proved(sent):
    first, second = make_member("陈秀英"), make_member("刘桂花")
    change(first, get_code(first, sent))

    # Each with a code of her own: the number went from one hand to another.
    later = NOW + timedelta(minutes=2)

    assert change(second, get_code(second, sent, now=later)) == "PhoneTaken"
