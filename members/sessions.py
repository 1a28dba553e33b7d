"""What a session remembers of its member, and ending others of hers; domain.devices for HTTP."""

from datetime import datetime, timedelta

from allauth.account.authentication import get_authentication_records

# Written where allauth itself keeps the ways in; the names of its public modules only read them.
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.utils import timezone

from members.device_names import name_device, veil
from members.domain import devices
from members.models import Member
from members.origin import current_origin

SEEN, RIGHTS = "seen_at", "rights"
# So long after she showed who she is she may change how she signs in.
FRESH = timedelta(minutes=5)
# How exactly it is known when she was last here: a write each. A member's only moves the day on
# which her session runs out.
STAFF_STEP, MEMBER_STEP = timedelta(minutes=1), timedelta(days=1)


def begin(sender, request, user, **_):
    """Django's `user_logged_in`: whatever way she came in, tests' too, her time begins."""
    request.session[SEEN] = timezone.now().timestamp()
    request.session[RIGHTS] = _rights(user)


def note_way(request, member: Member, way: str) -> None:
    """Called before `perform_login`: how she has shown who she is, e.g. "sms", "wechat"."""
    record_authentication(request, member, way)


def note_sign_in(request, member: Member, *, before: str | None) -> None:
    """Called when she is signed in: her device and the audit trail. `before` is the session's key
    until then; who was signed in already gets a new one as well."""
    if request.session.session_key == before:
        request.session.cycle_key()
    origin = current_origin()
    devices.note_sign_in(
        member=member,
        session_key=request.session.session_key,
        replaces=before or "",
        name=name_device(origin.device),
        network=veil(origin.address),
        detail={"way": _way(request, member), "second_factor": has_second_factor(request)},
        now=timezone.now(),
    )


def has_second_factor(request) -> bool:
    """Whether this session has shown a second factor (or a passkey, which is both in one)."""
    records = get_authentication_records(request, request.user)
    return any(each["method"] == "mfa" for each in records)


def has_just_signed_in(request, *, now: datetime) -> bool:
    records = get_authentication_records(request, request.user)
    return bool(records) and now.timestamp() - records[-1]["at"] < FRESH.total_seconds()


def note_second_factor(request, kind: str) -> None:
    """She has just set one up, which showed that it is in her hands."""
    record_authentication(request, request.user, "mfa", type=kind)


def remember(request, *, is_wanted: bool) -> None:
    """Whether the session outlives the browser; then it runs out so long after the last visit."""
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if is_wanted else 0)


def is_idle(request, *, now: datetime) -> bool:
    return request.user.is_staff and _since_seen(request, now) > devices.STAFF_IDLE


def end_idle(request) -> None:
    member, key = request.user, request.session.session_key
    devices.end_session(member=member, session_key=key, by=None, why="idle")
    logout(request)


def touch(request, *, now: datetime) -> None:
    """Note that she is here, as seldom as will do."""
    if _since_seen(request, now) >= (STAFF_STEP if request.user.is_staff else MEMBER_STEP):
        request.session[SEEN] = now.timestamp()
        devices.note_seen(session_key=request.session.session_key, now=now)


def follow_rights(request) -> None:
    """A session that became staff's, or stopped being, goes on under a new key."""
    rights = _rights(request.user)
    if request.session.get(RIGHTS, rights) != rights:
        old = request.session.session_key
        request.session.cycle_key()
        request.session[RIGHTS] = rights
        devices.follow_key(old=old, new=request.session.session_key)


def keep_only_this(request, *, why: str) -> int:
    """End all other sessions of hers; this one goes on under a new key. How many devices ended.

    For whatever changes how she signs in: `why` is "password", "phone", "second_factor", …
    """
    old = request.session.session_key
    ended = devices.end_sessions(member=request.user, by=request.user, why=why, keep=old)
    update_session_auth_hash(request, request.user)
    devices.follow_key(old=old, new=request.session.session_key)
    return ended


def _since_seen(request, now: datetime) -> timedelta:
    return timedelta(seconds=now.timestamp() - request.session.get(SEEN, 0))


def _rights(member: Member) -> str:
    return f"{member.is_staff:d}{member.is_superuser:d}"


def _way(request, member: Member) -> str:
    records = get_authentication_records(request, member)
    if any(each.get("passwordless") for each in records):
        return "passkey"
    ways = [each["method"] for each in records if each["method"] != "mfa"]
    return ways[-1] if ways else ""
