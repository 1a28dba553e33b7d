"""The member, and what is kept of her account."""

from members.models.audit import AUDIT_GUARD, Action, AuditEntry
from members.models.member import PHONE_PATTERN, Member, TextSize, validate_phone
from members.models.notices import Channel, Notice, NoticeKind, ReminderState
from members.models.privacy import Consent, ConsentWay, DocumentName, Erasure

__all__ = [
    "AUDIT_GUARD",
    "PHONE_PATTERN",
    "Action",
    "AuditEntry",
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
