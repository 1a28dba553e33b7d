"""Which keys a backup needs, without holding them."""

from django.conf import settings
from django.utils.crypto import salted_hmac

KEYS = ("SECRET_KEY", "PERSONAL_DATA_KEYS", "AUDIT_KEY")


def key_marks() -> dict[str, str]:
    """Setting → a keyed digest of nothing: equal for equal keys, and of no use without them."""
    return {name: _mark(getattr(settings, name)) for name in KEYS}


def _mark(value: str | list[str]) -> str:
    secret = value if isinstance(value, str) else ",".join(value)
    return salted_hmac("config.backup", "", secret=secret, algorithm="sha256").hexdigest()[:16]


def other_keys(marks: dict[str, str]) -> list[str]:
    """The settings whose keys here are not those of the backup."""
    here = key_marks()
    return [name for name, mark in marks.items() if here.get(name) != mark]
