"""The member, and what is kept of her account."""

from members.models.audit import AUDIT_GUARD, Action, AuditEntry
from members.models.devices import Device
from members.models.member import PHONE_PATTERN, Member, TextSize, validate_phone
from members.models.notices import Channel, Notice, NoticeKind, ReminderState
from members.models.privacy import Consent, ConsentWay, DocumentName, Erasure
from members.models.wechat import WechatIdentity

__all__ = [
    "AUDIT_GUARD",
    "PHONE_PATTERN",
    "Action",
    "AuditEntry",
    "Channel",
    "Consent",
    "ConsentWay",
    "Device",
    "DocumentName",
    "Erasure",
    "Member",
    "Notice",
    "NoticeKind",
    "ReminderState",
    "TextSize",
    "WechatIdentity",
    "validate_phone",
]
