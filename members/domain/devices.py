"""Sessions as her devices: noting them, and ending one or all but one."""

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from members.domain.audit import record
from members.models import Action, Device, Member

# Staff who did nothing for so long sign in again.
STAFF_IDLE = timedelta(minutes=30)


@transaction.atomic
def note_sign_in(
    *,
    member: Member,
    session_key: str,
    replaces: str,
    name: str,
    network: str,
    detail: dict,
    now: datetime,
) -> Device:
    """She has signed in, and the session belongs to this device; the one with the key `replaces`
    is no more. `detail` is for the audit trail: the way ("password", "sms", "passkey", …) and
    whether a second factor was shown."""
    record(action=Action.SIGNED_IN, by=member, subject=member, detail=detail)
    Device.objects.filter(session_key=replaces).delete()
    return Device.objects.create(
        member=member,
        session_key=session_key,
        name=name,
        network=network,
        signed_in_at=now,
        last_seen_at=now,
    )


@transaction.atomic
def note_sign_out(*, member: Member, session_key: str) -> None:
    record(action=Action.SIGNED_OUT, by=member, subject=member)
    Device.objects.filter(session_key=session_key).delete()


def note_seen(*, session_key: str, now: datetime) -> None:
    Device.objects.filter(session_key=session_key).update(last_seen_at=now)


def follow_key(*, old: str, new: str) -> None:
    """The session goes on under another key."""
    Device.objects.filter(session_key=old).update(session_key=new)


def devices_of(member: Member, *, now: datetime) -> QuerySet[Device]:
    """Where she is signed in now, the last used first."""
    live = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    devices = Device.objects.filter(Exists(live), member=member)
    return devices.filter(last_seen_at__gt=now - STAFF_IDLE) if member.is_staff else devices


@transaction.atomic
def end_session(*, member: Member, session_key: str, by: Member | None, why: str) -> None:
    """Sign one device of hers out. `why` is a short code for the audit trail: "asked", "idle"."""
    record(action=Action.SESSION_ENDED, by=by, subject=member, detail={"why": why, "ended": 1})
    _forget([session_key])


@transaction.atomic
def end_sessions(*, member: Member, by: Member | None, why: str, keep: str = "") -> int:
    """End all sessions of hers but the one whose key is `keep`; how many devices that were.

    Also ends sessions of which no device is noted. The kept one lives on only when its owner calls
    `django.contrib.auth.update_session_auth_hash` after it (members.sessions does). Callers:
    password or phone changed, second factor reset, "sign out everywhere else".
    """
    Member.objects.filter(pk=member.pk).update(session_round=F("session_round") + 1)
    member.refresh_from_db(fields=["session_round"])
    keys = list(
        Device.objects.filter(member=member)
        .exclude(session_key=keep)
        .values_list("session_key", flat=True)
    )
    _forget(keys)
    detail = {"why": why, "ended": len(keys)}
    record(action=Action.SESSION_ENDED, by=by, subject=member, detail=detail)
    return len(keys)


def forget_ended_devices(*, now: datetime) -> int:
    """Take away devices whose session has run out; how many."""
    live = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    return Device.objects.filter(~Exists(live)).delete()[0]


def _forget(keys: list[str]) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for key in keys:
        store.delete(key)
    Device.objects.filter(session_key__in=keys).delete()
