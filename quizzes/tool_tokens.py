"""Proof that a question was shown to a member: without it nobody leafs through a bank by number."""

from dataclasses import dataclass

from django.core import signing

from members.models import Member

SALT = "question-tools"


@dataclass(frozen=True)
class Shown:
    question_id: int
    version_id: int


def make_token(member: Member, shown: Shown) -> str:
    return signing.dumps([member.pk, shown.question_id, shown.version_id], salt=SALT)


def read_token(member: Member, token: str) -> Shown | None:
    """None for a token that is damaged or another member's."""
    try:
        member_id, question_id, version_id = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Shown(question_id, version_id) if member_id == member.pk else None
