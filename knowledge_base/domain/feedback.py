"""Was this useful: one answer of each reader, which she may change."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from knowledge_base.models import Feedback, KnowledgePage
from members.domain.limits import Limit
from members.models import Member

BY_READER = Limit("feedback-reader", amount=30, seconds=60 * 60)
# Whoever throws her cookies away is a new reader every time.
BY_VISITORS = Limit("feedback-visitors", amount=600, seconds=60 * 60)
# Telephone and identity numbers, which nobody should leave here.
LONG_NUMBER = re.compile(r"\d(?:[ -]?\d){6,}")


@dataclass(frozen=True)
class Reader:
    """Either a member, or a visitor by the random word in her session."""

    member: Member | None = None
    visitor: str = ""

    @property
    def keys(self) -> dict:
        return {"member": self.member, "visitor": self.visitor}

    @property
    def name(self) -> str:
        return f"member:{self.member.pk}" if self.member else f"visitor:{self.visitor}"


def new_visitor() -> str:
    return secrets.token_hex(16)


def find_feedback(page: KnowledgePage, reader: Reader) -> Feedback | None:
    return Feedback.objects.filter(page=page, **reader.keys).first()


def give_feedback(
    *, page: KnowledgePage, reader: Reader, is_useful: bool, words: str, now: datetime
) -> Feedback:
    """Keep the reader's answer in place of her last. Raises LimitReached."""
    BY_READER.take(reader.name, now=now)
    if reader.member is None:
        BY_VISITORS.take(str(page.pk), now=now)
    feedback, _created = Feedback.objects.update_or_create(
        page=page,
        **reader.keys,
        defaults={
            "is_useful": is_useful,
            "words": LONG_NUMBER.sub("＊＊＊", " ".join(words.split())),
            "given_at": now,
        },
    )
    return feedback
