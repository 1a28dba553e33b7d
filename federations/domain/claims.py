"""Claims: who is not on the roster says who she is, and staff of that federation decide.

A claim is worth what staff make of it: by itself it opens nothing. What it may not do, whatever
they press: touch an account of staff, or one that is not in their care; take a phone or a WeChat
from an account without their saying so.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federations.domain.enrolment import enrol_member
from federations.domain.errors import RosterChanged, RosterError
from federations.models import Appointment, ClaimState, Federation, RosterClaim
from federations.people import accounts_in_care
from federations.scope import manages
from members.domain.audit import record
from members.domain.limits import DAY, Limit
from members.domain.notices import tell
from members.domain.wechat import (
    AccountGone,
    HasAnotherWechat,
    WechatTaken,
    WechatUser,
    bind_identity,
    keep_identity,
)
from members.models import Action, Member, WechatIdentity

# Of one phone or one WeChat.
PER_DAY = Limit("claims", amount=3, seconds=DAY)
KEPT = timedelta(days=365)


class AlreadyOpen(Exception):
    """A claim of hers is waiting already."""


class NothingToKnowHerBy(Exception):
    """Neither a phone of her own nor a WeChat: a claim would lead to no sign-in."""


@dataclass(frozen=True)
class Claimant:
    """`phone` is one that she has shown to be hers, at `phone_at`; empty without one."""

    phone: str = ""
    phone_at: datetime | None = None
    user: WechatUser | None = None

    @property
    def key(self) -> str:
        return f"{self.user.app_id}:{self.user.openid}" if self.user else self.phone


@transaction.atomic
def make_claim(
    *,
    claimant: Claimant,
    name: str,
    federation: Federation,
    position: str,
    note: str,
    now: datetime,
) -> RosterClaim:
    """Raises AlreadyOpen, NothingToKnowHerBy, LimitReached."""
    phone = claimant.phone
    shares_phone = bool(phone) and Member.objects.filter(phone=phone).exists()
    own_phone = "" if shares_phone else phone
    if not own_phone and not claimant.user:
        raise NothingToKnowHerBy
    if claims_of(claimant).filter(state=ClaimState.OPEN).exists():
        raise AlreadyOpen
    PER_DAY.take(claimant.key, now=now)
    identity = keep_identity(user=claimant.user, now=now) if claimant.user else None
    try:
        with transaction.atomic():
            return RosterClaim.objects.create(
                name=name,
                federation=federation,
                position=position,
                note=note,
                phone=own_phone or None,
                phone_proved_at=claimant.phone_at if own_phone else None,
                shares_phone=shares_phone,
                identity=identity,
                made_at=now,
            )
    except IntegrityError as twice:  # pressed twice at once
        raise AlreadyOpen from twice


def claims_of(claimant: Claimant) -> QuerySet[RosterClaim]:
    """Hers, the newest first: by the phone that she has shown, and by her WeChat."""
    hers = Q(pk__in=[])
    if claimant.phone:
        hers |= Q(phone=claimant.phone)
    if claimant.user:
        user = claimant.user
        hers |= Q(identity__app_id=user.app_id, identity__openid=user.openid)
    return RosterClaim.objects.filter(hers).order_by("-made_at", "-pk")


def candidates_for(claim: RosterClaim, *, by: Member, today: date) -> list[Member]:
    """Who of the federation's team she may be: her namesakes first.

    Only accounts in `by`'s care; those of staff never are.
    """
    serving = Appointment.objects.filter(federation=claim.federation_id).in_force(today)
    found = accounts_in_care(by).filter(*NOT_STAFF, is_active=True, pk__in=serving.values("member"))
    return sorted(found.distinct(), key=lambda each: (each.name != claim.name, each.name, each.pk))


# A superuser cares for every account; by a claim nobody gets into one of staff.
NOT_STAFF = (
    Q(is_staff=False),
    Q(is_superuser=False),
    Q(groups__isnull=True),
    Q(staff_roles__isnull=True),
)


@transaction.atomic
def approve_as_member(
    *,
    claim_id: int,
    member_id: int,
    by: Member,
    now: datetime,
    replaces_phone: bool = False,
    replaces_wechat: bool = False,
) -> Member:
    """She is this member of the federation: her WeChat is bound to the account.

    The phone that she has shown becomes the account's where it has none; in place of another only
    with `replaces_phone`. Likewise another WeChat. Raises RosterError.
    """
    claim = _lock(claim_id, by)
    known = {each.pk for each in candidates_for(claim, by=by, today=localdate(now))}
    if member_id not in known:
        raise RosterError(_("请在名单里选她是哪一位。工作人员的账号不能这样认领。"), field="who")
    member = Member.objects.select_for_update(no_key=True).get(pk=member_id)
    if claim.phone and (replaces_phone or not member.phone):
        _give_phone(member, claim, by)
    elif not claim.identity:
        message = _("她只能用新手机号登录。请勾选“改用她验证过的手机号”，或不予通过。")
        raise RosterError(message, field="replaces_phone")
    if claim.identity:
        _give_wechat(member, claim, by, now, replaces=replaces_wechat)
    claim.member = member
    _decide(claim, ClaimState.APPROVED, by=by, now=now)
    tell(member_ids=[member.pk], text=_say_approved(claim), url="/me/wechat/", now=now)
    return member


@transaction.atomic
def approve_as_new(
    *, claim_id: int, by: Member, now: datetime, is_namesake: bool = False, **appointment
) -> Member:
    """She joins the federation's team with an account of her own.

    `appointment` is the rest of what `enrol_member` takes: position, starts_on, term, source.
    `is_namesake`: staff say that she is none of those of her name. Raises RosterError.
    """
    claim = _lock(claim_id, by)
    team = Appointment.objects.filter(federation=claim.federation_id).in_force(localdate(now))
    if not is_namesake and team.filter(member__name=claim.name).exists():
        message = _("这里已经有一位同名的人。确实不是同一人，请勾选下面这一项。")
        raise RosterError(message, field="is_namesake")
    _check_phone_free(claim)
    member = enrol_member(
        name=claim.name,
        phone=claim.phone,
        federation=claim.federation,
        by=by,
        reason=_("认领通过"),
        **appointment,
    )
    if claim.phone:
        member.phone_verified_at = claim.phone_proved_at
        member.save(update_fields=["phone_verified_at"])
    if claim.identity:
        _give_wechat(member, claim, by, now, replaces=False)
    claim.member = member
    _decide(claim, ClaimState.APPROVED, by=by, now=now)
    tell(member_ids=[member.pk], text=_say_approved(claim), now=now)
    return member


@transaction.atomic
def decline_claim(*, claim_id: int, reason: str, by: Member, now: datetime) -> RosterClaim:
    """She reads the reason when she comes again. Raises RosterError."""
    claim = _lock(claim_id, by)
    claim.reason = reason
    return _decide(claim, ClaimState.DECLINED, by=by, now=now)


def _lock(claim_id: int, by: Member) -> RosterClaim:
    claim = RosterClaim.objects.select_for_update().filter(pk=claim_id).first()
    if claim is None or not manages(by, claim.federation):
        raise RosterError(_("这份认领不在您的管理范围内。"))
    if not claim.is_open:
        raise RosterChanged(_("这份认领刚刚已经有人处理了，请看一看结果。"))
    return claim


def _check_phone_free(claim: RosterClaim) -> None:
    if claim.phone and Member.objects.filter(phone=claim.phone).exists():
        raise RosterChanged(_("她的手机号刚刚登记给了另一个账号。请核对后再处理。"))


def _give_phone(member: Member, claim: RosterClaim, by: Member) -> None:
    _check_phone_free(claim)
    member.phone, member.phone_verified_at = claim.phone, claim.phone_proved_at
    member.save(update_fields=["phone", "phone_verified_at"])
    detail = {"way": "claim", "claim": claim.pk}
    record(action=Action.PHONE_CHANGED, by=by, subject=member, detail=detail)


def _give_wechat(
    member: Member, claim: RosterClaim, by: Member, now: datetime, *, replaces: bool
) -> None:
    others = member.wechat_identities.filter(app_id=claim.identity.app_id)
    if replaces and others.exclude(pk=claim.identity_id).delete()[0]:
        detail = {"way": "claim", "claim": claim.pk}
        record(action=Action.WECHAT_UNBOUND, by=by, subject=member, detail=detail)
    try:
        bind_identity(identity=claim.identity, member=member, way="claim", by=by, now=now)
    except HasAnotherWechat as other:
        message = _("这个账号已经绑定了另一个微信。确实要换，请勾选“换成她现在的微信”。")
        raise RosterError(message, field="replaces_wechat") from other
    except WechatTaken as taken:
        raise RosterChanged(_("她的微信已经绑定了别的账号，不用再认领了。")) from taken
    except AccountGone as gone:
        raise RosterChanged(_("这个账号刚刚停用了。请重新选择。")) from gone


def _decide(claim: RosterClaim, state: ClaimState, *, by: Member, now: datetime) -> RosterClaim:
    claim.state, claim.decided_by, claim.decided_at = state, by, now
    claim.save(update_fields=["state", "reason", "decided_by", "decided_at", "member"])
    detail = {"outcome": state.value, "member": claim.member_id}
    record(action=Action.CLAIM_DECIDED, by=by, subject=claim, detail=detail)
    return claim


def _say_approved(claim: RosterClaim) -> str:
    text = _("%(place)s通过了您的认领。如果不是您本人申请的，请马上联系本级妇联工作人员。")
    return text % {"place": claim.federation.title}


def forget_claims(member: Member, _now: datetime) -> None:
    """erase_member: everything that she once claimed. Before her WeChat is forgotten."""
    hers = Q(member=member) | Q(identity__member=member)
    if member.phone:
        hers |= Q(phone=member.phone)
    RosterClaim.objects.filter(hers).delete()


@transaction.atomic
def remove_old_claims(now: datetime) -> int:
    """Decided claims after a year, with the WeChat of whoever was never let in."""
    old = RosterClaim.objects.filter(decided_at__lt=now - KEPT)
    waiting = RosterClaim.objects.exclude(pk__in=old.values("pk"))
    strangers = list(
        WechatIdentity.objects.filter(member=None, claims__in=old)
        .exclude(claims__in=waiting)
        .values_list("pk", flat=True)
    )
    removed = old.delete()[0]
    WechatIdentity.objects.filter(pk__in=strangers, member=None).delete()
    return removed
