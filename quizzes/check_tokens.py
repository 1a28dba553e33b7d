"""Proof that a lesson put a question to a member: without it nobody leafs through a bank."""

from dataclasses import astuple, dataclass
from datetime import timedelta

from django.core import signing

from members.models import Member

SALT = "lesson-check"
MAX_AGE = timedelta(days=3)


@dataclass(frozen=True)
class Put:
    """`place` counts from 1."""

    page_id: int
    version_id: int
    place: int
    at_second: int | None


def make_token(member: Member, put: Put) -> str:
    return signing.dumps([member.pk, *astuple(put)], salt=SALT)


def read_token(member: Member, token: str) -> Put | None:
    """None for a token that is damaged, old or another member's."""
    try:
        member_id, *facts = signing.loads(token, salt=SALT, max_age=MAX_AGE)
        put = Put(*facts)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return put if member_id == member.pk else None
