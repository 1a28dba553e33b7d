"""The member, and what is kept of her account."""

from members.models.member import PHONE_PATTERN, Member, TextSize, validate_phone
from members.models.notices import Channel, Notice, NoticeKind, ReminderState
from members.models.privacy import Consent, ConsentWay, DocumentName, Erasure

__all__ = [
    "PHONE_PATTERN",
    "Channel",
    "Consent",
    "ConsentWay",
    "DocumentName",
    "Erasure",
    "Member",
    "Notice",
    "NoticeKind",
    "ReminderState",
    "TextSize",
    "validate_phone",
]
