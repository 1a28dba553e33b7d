"""Ending a member's sign-ins on every device."""

from collections.abc import Iterable

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import F

from members.models import Member


def end_sign_ins(*, member: Member) -> None:
    """From the commit on no session of hers is good any more; one row is written."""
    Member.objects.filter(pk=member.pk).update(sign_ins_ended=F("sign_ins_ended") + 1)
    member.refresh_from_db(fields=["sign_ins_ended"])


def remove_sessions(member_ids: Iterable[int]) -> int:
    """Delete what the sessions of these members hold; returns how many there were.

    A session does not say outside whose it is, so all are read: for the night.
    """
    wanted = {str(pk) for pk in member_ids}
    gone = [
        session.pk
        for session in Session.objects.iterator(chunk_size=2000)
        if session.get_decoded().get(SESSION_KEY) in wanted
    ]
    for key in gone:
        # By the store: a cache may hold a copy.
        Session.get_session_store_class()(key).delete()
    return len(gone)
