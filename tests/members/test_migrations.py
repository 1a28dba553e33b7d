"""The change of a filled column, there and back."""

from importlib import import_module
from types import SimpleNamespace

from django.apps import apps
from django.db import connection

from tests.factories import make_member

# SQLite's own begins outside of any transaction.
EDITOR = SimpleNamespace(connection=connection)
encrypted_phones = import_module("members.migrations.0004_encrypted_phones")


def test_phones_are_encrypted_and_decrypted_in_place(db):
    member = make_member(phone="13512345678")
    make_member(phone=None)
    without = "SELECT phone FROM members_member ORDER BY id"

    encrypted_phones.decrypt(apps, EDITOR)
    with connection.cursor() as cursor:
        cursor.execute(without)
        assert cursor.fetchall() == [("13512345678",), (None,)]
    encrypted_phones.encrypt(apps, EDITOR)

    member.refresh_from_db()
    assert member.phone == "13512345678"
