"""Phones at rest: encrypted, and still found by the whole number or its last four digits.

A stored phone is `<tail>.<sealed>`. `sealed` is AES-SIV (RFC 5297), which is deterministic: its
first 16 bytes are a keyed hash of the number, so equal numbers are equal, unique and indexable,
and nobody without the key can tell which they are. `tail` is a keyed hash of the last four digits.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models
from django.db.models.lookups import Exact

TAIL_DIGITS = 4
TAIL_LENGTH = 8
STORED_LENGTH = 64
PHONE_LENGTH = 11


class Unreadable(Exception):
    """None of the keys in PERSONAL_DATA_KEYS opens what is stored."""


@dataclass(frozen=True)
class Keys:
    """What is derived from one secret; each use has a key of its own."""

    phone: AESSIV
    tail: bytes
    seal: Fernet


def store_phone(phone: str) -> str:
    """13800001234 → what the column holds, under the newest key."""
    keys = _keys()[0]
    sealed = urlsafe_b64encode(keys.phone.encrypt(phone.encode(), None)).decode()
    return f"{tail_mark(phone[-TAIL_DIGITS:])}.{sealed}"


def read_phone(stored: str) -> str:
    """What the column holds → 13800001234. Raises Unreadable."""
    sealed = urlsafe_b64decode(stored[TAIL_LENGTH + 1 :])
    for keys in _keys():
        try:
            return keys.phone.decrypt(sealed, None).decode()
        except InvalidTag:
            continue
    raise Unreadable


def tail_mark(tail: str) -> str:
    """What stands for the last four digits; eight hexadecimal digits."""
    return hmac.digest(_keys()[0].tail, tail.encode(), "sha256").hex()[:TAIL_LENGTH]


def seal(text: str) -> str:
    """For what waits in a session or the cache: readable by this site alone, each time another."""
    return _fernet().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises Unreadable."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _keys() -> list[Keys]:
    return _derive_all(tuple(settings.PERSONAL_DATA_KEYS))


def _fernet() -> MultiFernet:
    return MultiFernet([keys.seal for keys in _keys()])


@cache
def _derive_all(secrets: tuple[str, ...]) -> list[Keys]:
    return [
        Keys(
            phone=AESSIV(_derive(secret, "phone", 64)),
            tail=_derive(secret, "tail", 32),
            seal=Fernet(urlsafe_b64encode(_derive(secret, "seal", 32))),
        )
        for secret in secrets
    ]


def _derive(secret: str, use: str, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=use.encode()).derive(secret.encode())


class EncryptedPhoneField(models.CharField):
    """A phone in the clear for Python and encrypted for the database.

    Looks up a whole number (`exact`, `in`), its last four digits (`tail`) and `isnull`, nothing
    else.
    """

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = STORED_LENGTH
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def formfield(self, **kwargs):
        return super().formfield(**{"max_length": PHONE_LENGTH, **kwargs})

    def from_db_value(self, value, expression, connection):
        return read_phone(value) if value else value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return store_phone(value) if value else value

    def get_lookup(self, lookup_name):
        allowed = lookup_name in {"exact", "in", "isnull", "tail"}
        return super().get_lookup(lookup_name) if allowed else None


@EncryptedPhoneField.register_lookup
class Tail(Exact):
    """`phone__tail="1234"`; the index is on the same piece of the column."""

    lookup_name = "tail"
    prepare_rhs = False
    function = "SUBSTRING"

    def get_db_prep_lookup(self, value, connection):
        return "%s", [tail_mark(value)]

    def get_rhs_op(self, connection, rhs):
        return f"= {rhs}"

    def process_lhs(self, compiler, connection, lhs=None):
        sql, params = super().process_lhs(compiler, connection, lhs)
        return f"{self.function}({sql}, 1, {TAIL_LENGTH})", params

    def as_sqlite(self, compiler, connection):
        self.function = "SUBSTR"
        return self.as_sql(compiler, connection)
