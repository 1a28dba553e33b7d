"""Erasing what a member said about entries; that somebody found them useful stays."""

from datetime import datetime
from uuid import uuid4

from knowledge_base.models import Feedback
from members.models import Member


def erase_feedback(member: Member, now: datetime) -> None:
    for row in Feedback.objects.filter(member=member):
        row.member, row.visitor, row.words = None, uuid4().hex, ""
        row.save(update_fields=["member", "visitor", "words"])
