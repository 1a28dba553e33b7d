"""Phones at rest: unreadable without the key, found with it."""

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from members.encryption import Unreadable, read_phone, seal, store_phone, unseal
from members.models import Member
from tests.factories import make_member

PHONE = "13512345678"


def stored() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM members_member ORDER BY id")
        return [phone for (phone,) in cursor.fetchall()]


def test_column_holds_neither_number_nor_digits_of_it(db):
    make_member(phone=PHONE)

    [column] = stored()
    assert PHONE not in column
    assert "5678" not in column.split(".")[0]


def test_python_reads_the_number(db):
    assert Member.objects.get(pk=make_member(phone=PHONE).pk).phone == PHONE


def test_member_is_found_by_the_whole_number(db):
    member = make_member(phone=PHONE)
    make_member()

    assert Member.objects.get(phone=PHONE) == member
    assert Member.objects.get(phone__in=[PHONE, "13500000000"]) == member


def test_member_is_found_by_the_last_four_digits(db):
    member = make_member(phone=PHONE)
    make_member(phone="13556785679")

    assert list(Member.objects.filter(phone__tail="5678")) == [member]


@pytest.mark.parametrize("typed", ["135", "512345678", "13512345679"])
def test_other_pieces_of_a_number_find_nobody(db, typed):
    make_member(phone=PHONE)

    assert not Member.objects.all().found_by(typed).exists()


@pytest.mark.parametrize("lookup", ["icontains", "startswith", "gt", "regex"])
def test_lookup_that_ciphertext_cannot_answer_is_an_error(lookup):
    with pytest.raises(FieldError):
        Member.objects.filter(**{f"phone__{lookup}": "135"})


def test_number_is_still_unique(db):
    make_member(phone=PHONE)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_member(phone=PHONE)


def test_another_key_reads_nothing(settings):
    column = store_phone(PHONE)
    settings.PERSONAL_DATA_KEYS = ["another"]

    with pytest.raises(Unreadable):
        read_phone(column)


def test_sealed_text_is_another_each_time_and_opens():
    sealed = seal(PHONE)

    assert (sealed != seal(PHONE), unseal(sealed)) == (True, PHONE)


@pytest.mark.parametrize("text", ["", "x", "13512345678"])
def test_text_that_was_not_sealed_does_not_open(text):
    with pytest.raises(Unreadable):
        unseal(text)


def test_new_key_takes_over(db, settings):
    member = make_member(phone=PHONE)
    before = stored()
    settings.PERSONAL_DATA_KEYS = ["newer", "tests-only"]
    assert Member.objects.get(pk=member.pk).phone == PHONE

    call_command("rotate_personal_data_keys", verbosity=0)

    settings.PERSONAL_DATA_KEYS = ["newer"]
    assert stored() != before
    assert Member.objects.get(phone=PHONE) == member
    assert Member.objects.get(phone__tail="5678") == member


def test_last_four_digits_come_out_of_the_index(db):
    make_member(phone=PHONE)
    query = Member.objects.filter(phone__tail="5678").order_by()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "member_phone_tail" in query.explain()
