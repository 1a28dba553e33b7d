"""Phones at rest, leaked passwords, the audit trail, signing in: `benchmarks/accounts.py [COUNT]`.

COUNT members and as many rows of the trail (100,000). Microseconds or milliseconds are medians;
"sign_in" is the whole request by password in the process, the hashing of the password included.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.measuring import asked_count, run_steps  # noqa: E402 after the path is right

PASSWORD = "xiang-jiao-tai-yang"  # noqa: S105 of made-up accounts
SIGN_INS, TRIES = 30, 2_000
NETWORK = "10.1.{}.{}"


def phone(number: int) -> str:
    return f"139{number:08}"


def median_us(work: Callable[[int], object], times: int = TRIES) -> float:
    """Microseconds of `work(number)`; the first is not counted."""
    took = []
    for number in range(times + 1):
        before = time.perf_counter()
        work(number)
        took.append(time.perf_counter() - before)
    return round(statistics.median(took[1:]) * 1e6, 1)


def seed() -> dict:
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415 Django is set up by then

    from config.site_setup import set_up_site  # noqa: PLC0415
    from members.models import Member  # noqa: PLC0415

    set_up_site()
    password = make_password(PASSWORD)
    members = (
        Member(name=f"执委{n}", phone=phone(n), password=password) for n in range(asked_count())
    )
    Member.objects.bulk_create(members, batch_size=2_000)
    return {"members": asked_count()}


def phones() -> dict:
    from members.encryption import read_phone, store_phone  # noqa: PLC0415
    from members.models import Member  # noqa: PLC0415

    stored = store_phone(phone(7))
    return {
        "store_us": median_us(lambda number: store_phone(phone(number))),
        "read_us": median_us(lambda _number: read_phone(stored)),
        "found_by_number_us": median_us(
            lambda n: Member.objects.get(phone=phone(n % asked_count()))
        ),
        "found_by_tail_us": median_us(
            lambda n: list(Member.objects.filter(phone__tail=f"{n:04}")[:50])
        ),
    }


def passwords() -> dict:
    from members.passwords.breached import is_breached  # noqa: PLC0415

    return {"breached_us": median_us(lambda number: is_breached(f"mu-mian-{number}"))}


def trail() -> dict:
    """What a deed pays for its row; then numbering and linking all, and proving them."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from members.domain.audit import record, seal_entries  # noqa: PLC0415
    from members.models import Action, Member  # noqa: PLC0415

    member = Member.objects.get(phone=phone(0))
    with transaction.atomic():
        row_us = median_us(
            lambda _number: record(action=Action.SIGNED_IN, by=member, subject=member),
            asked_count(),
        )
    before = time.perf_counter()
    linked = seal_entries()
    between = time.perf_counter()
    call_command("verify_audit", verbosity=0)
    return {
        "row_us": row_us,
        "linked_per_s": round(linked / (between - before)),
        "verified_per_s": round(linked / (time.perf_counter() - between)),
    }


def sign_in() -> dict:
    """Each from another address, as sign-ins of one address are limited."""
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from members.documents import current_token  # noqa: PLC0415

    def come_in(number: int) -> None:
        client = Client(
            HTTP_HOST=settings.ALLOWED_HOSTS[0], REMOTE_ADDR=NETWORK.format(*divmod(number, 250))
        )
        sent = {"login": phone(number), "password": PASSWORD, "agree": current_token()}
        answer = client.post("/accounts/login/", sent)
        assert answer.status_code == 302, answer.status_code

    taken = median_us(come_in, SIGN_INS)
    with CaptureQueriesContext(connection) as queries:
        come_in(SIGN_INS + 1)
    return {"median_ms": round(taken / 1000, 1), "statements": len(queries)}


STEPS = {
    "seed": seed,
    "phones": phones,
    "passwords": passwords,
    "trail": trail,
    "sign_in": sign_in,
}

if __name__ == "__main__":
    run_steps(__file__, STEPS, prepare="seed")
