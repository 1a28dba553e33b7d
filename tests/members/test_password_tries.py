"""Guessing passwords: by account and address, by account, by address."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connections
from django.test import Client
from django.utils import timezone

from members.domain.limits import LimitReached
from members.domain.password_tries import ACCOUNT, ADDRESS, PAIR, forgive_tries, take_try
from members.models import Action, AuditEntry, Member
from tests.factories import PASSWORD, TICK, make_member
from tests.members.devices import LOGIN, sign_in, signed_in_id

UNKNOWN = "13911112222"
NOW = timezone.now()


def at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def guess(client, phone: str, times: int) -> list[str]:
    return [
        client.post(LOGIN, {"login": phone, "password": f"wrong-{number}", **TICK}).text
        for number in range(times)
    ]


def takes(times: int, *, phone="13800000001", address="10.0.0.1", now=None) -> int:
    """How many of so many tries are let through."""
    taken = 0
    for _ in range(times):
        try:
            take_try(phone=phone, address=address, now=now or NOW)
        except LimitReached:
            continue
        taken += 1
    return taken


def test_pair_has_five_tries_in_fifteen_minutes():
    assert takes(8) == 5
    assert takes(1, now=NOW + timedelta(minutes=14)) == 0
    assert takes(1, now=NOW + timedelta(minutes=15, seconds=1)) == 1


def test_account_has_twenty_tries_from_everywhere():
    assert sum(takes(5, address=f"10.0.0.{host}") for host in range(8)) == 20


def test_address_may_fail_for_three_hundred_accounts():
    assert sum(takes(1, phone=f"138{number:08}") for number in range(330)) == ADDRESS.amount


def test_tries_for_one_account_count_once_for_the_address():
    takes(5)

    assert sum(takes(1, phone=f"139{number:08}") for number in range(330)) == ADDRESS.amount - 1


def test_right_password_is_given_back_to_all_three():
    for _ in range(ADDRESS.amount + 1):
        take_try(phone="13800000001", address="10.0.0.1", now=NOW)
        forgive_tries(phone="13800000001", address="10.0.0.1", now=NOW)

    assert (takes(9), PAIR.amount) == (5, 5)


def test_her_own_success_does_not_help_who_guesses_from_elsewhere():
    for host in range(3):
        takes(5, address=f"10.0.0.{host}")
    take_try(phone="13800000001", address="10.0.1.1", now=NOW)
    forgive_tries(phone="13800000001", address="10.0.1.1", now=NOW)

    assert sum(takes(5, address=f"10.0.2.{host}") for host in range(3)) == ACCOUNT.amount - 15


def test_sixty_wrong_sign_ins_of_an_administrator_let_nobody_in(db):
    admin = make_member("系统管理员", is_staff=True, is_superuser=True)
    client = at("10.0.0.1")
    guess(client, admin.phone, 59)

    answer = client.post(
        LOGIN, {"login": admin.phone, "password": PASSWORD, "next": "/admin/", **TICK}
    )

    assert signed_in_id(client) is None
    assert "密码输错次数太多。请 15 分钟后再试" in answer.text
    assert AuditEntry.objects.filter(action=Action.SIGN_IN_FAILED).count() == PAIR.amount


def test_admins_own_address_leads_to_the_same_lock(client, db):
    admin = make_member("系统管理员", is_staff=True, is_superuser=True)
    for _ in range(60):
        client.post("/admin/login/", {"username": admin.phone, "password": PASSWORD})

    assert signed_in_id(client) is None


def test_owner_at_another_address_is_not_locked_out(member):
    guess(at("10.0.0.1"), member.phone, 9)
    owner = at("10.0.9.9")

    sign_in(owner, member)

    assert signed_in_id(owner) == str(member.pk)


def test_many_addresses_lock_the_password_and_say_how_to_get_in(member):
    for host in range(4):
        guess(at(f"10.0.0.{host}"), member.phone, 5)

    answer = sign_in(at("10.0.9.9"), member)

    assert "请用短信验证码登录" in answer.text


def test_three_hundred_members_behind_one_address_are_never_blocked(db):
    """Each mistypes once before anybody is in; every tenth has forgotten it altogether."""
    members = [make_member(f"执委{number}") for number in range(300)]
    client = at("10.0.0.1")
    for number, each in enumerate(members):
        guess(client, each.phone, 1 if number % 10 else 5)

    statuses = [
        sign_in(at("10.0.0.1"), each).status_code
        for number, each in enumerate(members)
        if number % 10
    ]

    assert statuses == [302] * 270


def test_one_password_for_many_accounts_comes_to_an_end(db):
    for number in range(ADDRESS.amount):
        takes(1, phone=f"139{number:08}", now=timezone.now())

    assert "您所在的网络里输错密码的账号太多" in guess(at("10.0.0.1"), UNKNOWN, 1)[0]


class CountingHasher(MD5PasswordHasher):
    """Notes that a password was hashed: that is what takes the time."""

    algorithm = "counting"
    hashed = 0

    def encode(self, password, salt):
        CountingHasher.hashed += 1
        return super().encode(password, salt)


def test_unknown_phone_takes_the_same_time(member, settings, django_assert_num_queries):
    settings.PASSWORD_HASHERS = ["tests.members.test_password_tries.CountingHasher"]
    member.set_password(PASSWORD)
    member.save()
    counts = []
    # The frame of the page is kept from its first showing on.
    at("10.0.0.1").get(LOGIN)
    for phone in (member.phone, UNKNOWN):
        CountingHasher.hashed = 0
        with django_assert_num_queries(3):  # whose it is, twice, and the audit trail
            guess(at("10.0.0.1"), phone, 1)
        counts.append(CountingHasher.hashed)

    assert counts == [1, 1]


def test_unknown_phone_is_locked_alike(member):
    known, unknown = (
        [text.replace(phone, "") for text in guess(at("10.0.0.1"), phone, 7)]
        for phone in (member.phone, UNKNOWN)
    )

    assert [_said(text) for text in known] == [_said(text) for text in unknown]


def _said(text: str) -> str:
    start = text.index('class="note err"')
    return text[start : text.index("</div>", start)]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_parallel_guesses_gain_nothing(settings):
    member = Member.objects.create_user(name="陈秀英", phone="13800000001", password=PASSWORD)

    def try_once(number: int) -> str:
        try:
            return (
                at("10.0.0.1")
                .post(LOGIN, {"login": member.phone, "password": "wrong", **TICK})
                .text
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(try_once, range(40)))

    assert sum("手机号或密码不对" in each for each in answers) == PAIR.amount
