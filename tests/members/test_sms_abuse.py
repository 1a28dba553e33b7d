"""What stands in an attacker's way, and not in a village's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

from django.test import Client

from members.domain.challenges import WRONG, CodeGone, CodeWrong
from members.domain.limits import LimitReached
from members.domain.login_codes import ask_for_code, redeem_code, send_code
from members.domain.phone_proofs import ask_for_proof, redeem_proof, send_proof
from tests.factories import TICK, make_member

NOW = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)
UNKNOWN = "13911112222"
HERE = "192.0.2.1"
REQUEST, CONFIRM = "/accounts/login/code/", "/accounts/login/code/confirm/"


def at_once(work, count: int) -> list:
    barrier = Barrier(count)

    def run(number):
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def outcome(phone: str, code: str) -> str:
    try:
        redeem_proof(phone=phone, code=code, now=NOW)
    except (CodeWrong, CodeGone) as refused:
        return type(refused).__name__
    return "taken"


def prove(phone: str, *, address: str = HERE, now: datetime = NOW) -> None:
    send_proof(handle=ask_for_proof(phone=phone, address=address, now=now), now=now)


def sign_in(phone: str, *, address: str = HERE, now: datetime = NOW) -> None:
    send_code(member_id=ask_for_code(phone=phone, address=address, now=now), now=now)


def strangers(count: int) -> list[str]:
    return [f"139{number:08d}" for number in range(count)]


def other(code: str, step: int = 1) -> str:
    return f"{(int(code) + step) % 10**6:06d}"


# SMS code guessing and bombing


def test_sms_code_guessing_in_parallel_gets_five_guesses(db, sent):
    prove(UNKNOWN)
    code = sent[0][1]

    outcomes = at_once(lambda number: outcome(UNKNOWN, other(code, number + 1)), 32)

    assert outcomes.count("CodeWrong") == 5
    assert outcomes.count("taken") == 0
    assert outcome(UNKNOWN, code) == "CodeGone"


def test_sms_code_replayed_ten_times_at_once_is_taken_once(db, sent):
    for number, phone in enumerate(strangers(5)):
        prove(phone)
        code = sent[number][1]

        outcomes = at_once(lambda _number, phone=phone, code=code: outcome(phone, code), 4)
        outcomes += [outcome(phone, code) for _ in range(10)]

        assert outcomes.count("taken") == 1


def test_sms_code_guessing_over_many_phones_ends_for_the_address(db, sent, monkeypatch):
    monkeypatch.setattr("members.domain.challenges.WRONG", type(WRONG)("few", 20, 86_400))
    asked = 0
    for phone in strangers(50):
        try:
            prove(phone)
        except LimitReached:
            break
        asked += 1
        for _ in range(5):
            outcome(phone, other(sent[-1][1]))

    assert asked == 4


def test_right_codes_count_as_no_guesses(db, sent, monkeypatch):
    monkeypatch.setattr("members.domain.challenges.WRONG", type(WRONG)("few", 1, 86_400))

    for number, phone in enumerate(strangers(5)):
        prove(phone)
        assert outcome(phone, sent[number][1]) == "taken"


def test_sms_bombing_one_phone_ends_at_ten_a_day(member, sent):
    refused = 0
    for minute in range(0, 24 * 60, 10):
        ask = (sign_in, prove)[minute % 20 // 10]
        try:
            now = NOW + timedelta(minutes=minute)
            ask(member.phone, address=f"192.0.2.{minute % 250}", now=now)
        except LimitReached:
            refused += 1

    assert (len(sent), refused) == (10, 134)


def test_sms_bombing_strangers_ends_for_the_address(db, sent):
    for phone in strangers(250):
        prove(phone)

    assert len(sent) == 200


def test_sms_bombing_strangers_from_everywhere_ends_for_the_day(db, sent, settings):
    settings.SMS_STRANGERS_PER_DAY = 30
    for number, phone in enumerate(strangers(60)):
        prove(phone, address=f"198.51.100.{number}")

    assert len(sent) == 30


def test_sms_bombing_goes_on_the_next_day_at_the_earliest(db, sent, settings):
    settings.SMS_STRANGERS_PER_DAY = 1
    first, second, third = strangers(3)
    prove(first)
    prove(second, now=NOW + timedelta(hours=23))
    prove(third, now=NOW + timedelta(hours=24))

    assert [phone for phone, _ in sent] == [first, third]


def test_sms_budget_that_is_used_up_leaves_proved_members_alone(db, sent, settings):
    settings.SMS_STRANGERS_PER_DAY = settings.SMS_FIRST_TIMES_PER_DAY = 0
    proved = make_member("林主席", phone_verified_at=NOW)

    prove(proved.phone)
    sign_in(proved.phone, now=NOW + timedelta(minutes=2))

    assert len(sent) == 2


def test_strangers_take_nothing_from_members_who_come_first(member, sent, settings):
    settings.SMS_STRANGERS_PER_DAY = 0
    prove(UNKNOWN)

    sign_in(member.phone)

    assert [phone for phone, _ in sent] == [member.phone]


def test_a_code_that_is_used_gives_its_place_back(db, sent, settings):
    settings.SMS_FIRST_TIMES_PER_DAY = settings.SMS_STRANGERS_PER_DAY = 1
    for phone in strangers(3):
        prove(phone)
        redeem_proof(phone=phone, code=sent[-1][1], now=NOW)
    for number in range(3):
        phone = make_member(f"执委{number}").phone
        sign_in(phone)
        redeem_code(phone=phone, code=sent[-1][1], now=NOW)

    assert len(sent) == 6


def test_a_used_up_budget_is_seen_by_the_operator_alone(db, sent, settings, caplog):
    settings.SMS_STRANGERS_PER_DAY = 0

    prove(UNKNOWN)  # and whoever asked is told the same as ever

    assert "sms_budget_used_up" in caplog.text
    assert UNKNOWN not in caplog.text


def test_a_machine_that_asks_without_end_is_told_to_wait(db, monkeypatch, client):
    monkeypatch.setattr("members.domain.challenges.ASKS", type(WRONG)("code-asks", 2, 600))
    phones = strangers(3)

    said = [client.post(REQUEST, {"phone": phone, **TICK}) for phone in phones]

    assert [response.status_code for response in said] == [302, 302, 200]
    assert said[2].context["form"].non_field_errors() == [
        "从您所在的网络获取验证码太频繁。请 10 分钟后再试，或用密码登录。"
    ]


# A village behind one address at quiz time


def test_a_village_behind_one_address_at_quiz_time_signs_in(db, sent):
    villagers = [make_member(f"执委{number}") for number in range(300)]
    clients = [Client() for _ in villagers]
    for member, client in zip(villagers, clients, strict=True):
        client.get(REQUEST)
        client.post(REQUEST, {"phone": member.phone, **TICK})
    codes = dict(sent)
    for number, (member, client) in enumerate(zip(villagers, clients, strict=True)):
        if number % 5 == 0:
            client.post(CONFIRM, {"code": other(codes[member.phone])})
        client.post(CONFIRM, {"code": codes[member.phone]})

    blocked = [client for client in clients if "_auth_user_id" not in client.session]
    assert len(blocked) == 0


def test_a_bomber_in_the_village_stops_nobody_else(db, sent):
    for phone in strangers(250):
        prove(phone)
    villager = make_member("刘桂花")

    sign_in(villager.phone)

    assert sent[-1][0] == villager.phone
