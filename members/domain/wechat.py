"""Which member a WeChat user is: recognised, bound, unbound.

A WeChat user is bound by proof alone: of the phone on the roster, of being signed in, or by a
claim that staff have looked into (federations.domain.claims).
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from members.domain.audit import record
from members.models import Action, Member, WechatIdentity


@dataclass(frozen=True)
class WechatUser:
    """Who came from WeChat, by which application."""

    app_id: str
    openid: str = field(repr=False)
    unionid: str = field(default="", repr=False)


class CannotBind(Exception):
    """Why it cannot be done; nothing has changed."""


class WechatTaken(CannotBind):
    """This WeChat is another member's."""


class HasAnotherWechat(CannotBind):
    """She has bound another WeChat, which she must take away first."""


class AccountGone(CannotBind):
    """The account is out of use, or merged into another one."""


class NoOtherWayIn(Exception):
    """Without WeChat she could not sign in any more."""


def find_identity(user: WechatUser) -> WechatIdentity | None:
    return WechatIdentity.objects.filter(app_id=user.app_id, openid=user.openid).first()


def recognise(*, user: WechatUser, now: datetime) -> Member | None:
    """The member to whom this WeChat user is bound, in this application or the other one.

    Who is known in the other one by her unionid is bound here, too.
    """
    known = find_identity(user)
    if known and known.member:
        _note_unionid(known, user)
        return known.member
    member = _find_by_unionid(user)
    if member is None:
        return None
    try:
        bind(user=user, member=member, way="unionid", now=now)
    except CannotBind:
        return None
    return member


def _note_unionid(known: WechatIdentity, user: WechatUser) -> None:
    if user.unionid and known.unionid != user.unionid:
        known.unionid = user.unionid
        known.save(update_fields=["unionid"])


def _find_by_unionid(user: WechatUser) -> Member | None:
    if not user.unionid:
        return None
    return Member.objects.filter(wechat_identities__unionid=user.unionid).first()


def keep_identity(*, user: WechatUser, now: datetime) -> WechatIdentity:
    """Hers, bound or not; a new one is bound to nobody."""
    found, _is_new = WechatIdentity.objects.get_or_create(
        app_id=user.app_id,
        openid=user.openid,
        defaults={"unionid": user.unionid, "made_at": now},
    )
    return found


@transaction.atomic
def bind(
    *, user: WechatUser, member: Member, way: str, now: datetime, by: Member | None = None
) -> WechatIdentity:
    """Make this WeChat user the member's. Again for the same one changes nothing.

    `way` says how it was shown that they are one: phone, session, unionid or claim. Raises
    CannotBind.
    """
    return bind_identity(
        identity=keep_identity(user=user, now=now), member=member, way=way, now=now, by=by
    )


@transaction.atomic
def bind_identity(
    *, identity: WechatIdentity, member: Member, way: str, now: datetime, by: Member | None = None
) -> WechatIdentity:
    """As `bind`, for one that is kept already."""
    # In turn for one member: of two WeChats at once the second sees the first.
    locked = Member.objects.select_for_update(no_key=True).filter(pk=member.pk, is_active=True)
    if not locked.exists():
        raise AccountGone
    others = WechatIdentity.objects.filter(app_id=identity.app_id, member=member)
    if others.exclude(pk=identity.pk).exists():
        raise HasAnotherWechat
    free = WechatIdentity.objects.filter(pk=identity.pk, member=None)
    if free.update(member=member, bound_at=now):
        detail = {"way": way, "identity": identity.pk}
        record(action=Action.WECHAT_BOUND, by=by or member, subject=member, detail=detail)
    identity.refresh_from_db()
    if identity.member_id != member.pk:
        raise WechatTaken
    return identity


@transaction.atomic
def join_by_phone(*, phone: str, user: WechatUser | None, now: datetime) -> Member:
    """The member whose phone this is; she has shown that it is hers, and says that it is she.

    Who came from WeChat is bound to her. Raises CannotBind.
    """
    member = Member.objects.filter(phone=phone).first()
    if member is None:  # taken off the roster since she was asked
        raise AccountGone
    if user:
        bind(user=user, member=member, way="phone", now=now)
    if member.phone_verified_at is None:
        member.phone_verified_at = now
        member.save(update_fields=["phone_verified_at"])
    return member


@transaction.atomic
def unbind(*, member: Member, by: Member) -> int:
    """Take away what binds her to WeChat, in both applications: one would bring the other back.

    Returns how many. Raises NoOtherWayIn.
    """
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if not has_other_way_in(member):
        raise NoOtherWayIn
    gone, _rows = member.wechat_identities.all().delete()
    if gone:
        record(action=Action.WECHAT_UNBOUND, by=by, subject=member)
    return gone


def has_other_way_in(member: Member) -> bool:
    """A phone that she has shown to be hers, or a password with a phone to give with it."""
    return bool(member.phone) and (
        member.phone_verified_at is not None or member.has_usable_password()
    )


def forget_wechat(member: Member, _now: datetime) -> None:
    """erase_member"""
    member.wechat_identities.all().delete()
