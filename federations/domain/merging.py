"""Making one account of two that belong to one person.

Every app moves what hangs on a member there: it registers a function of (kept, gone, now), ids and
a moment, for the hook `merge_members`. The order of the hooks is the order of the locks: attempts
before progress. What an account did as staff stays under its name: it is a record of who did it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from wagtail import hooks

from federations.domain.appointments import (
    Kind,
    counted_now,
    is_in_force,
    note_roster_changes,
    remove_appointment,
    save_appointment,
)
from federations.domain.errors import RosterChanged, RosterError
from federations.models import AccountMerge, Appointment, CorrectionRequest, RosterClaim
from federations.people import accounts_in_care
from members.domain.audit import record
from members.models import Action, Member, Notice, ReminderState, WechatIdentity

HOOK = "merge_members"
# Functions of (kept, gone) that return why the two cannot be merged yet, or nothing.
OBSTACLES_HOOK = "member_merge_obstacles"


def move_rows(rows: QuerySet, *, kept: int, gone: int, beside: Iterable[str] = ()) -> int:
    """Give `gone`'s rows to `kept`, but for those of which `kept` has one with the same `beside`.

    Returns how many were moved. What stays is `kept`'s already in another row.
    """
    moving = rows.filter(member=gone)
    if beside := tuple(beside):
        same = rows.model._default_manager.filter(
            member=kept, **{name: OuterRef(name) for name in beside}
        )
        moving = moving.filter(~Exists(same))
        # Read first: an UPDATE that looks into its own table differs between the databases.
        ids = list(moving.values_list("pk", flat=True))
        moving = rows.model._default_manager.filter(pk__in=ids)
    return moving.update(member=kept)


@transaction.atomic
def merge_accounts(
    *,
    kept_id: int,
    gone_id: int,
    by: Member,
    reason: str,
    now: datetime,
    takes_phone: bool = False,
) -> AccountMerge:
    """Everything of `gone` becomes `kept`'s; `gone` is put out of use, never deleted.

    `takes_phone`: she signs in with `gone`'s phone from now on. Frozen rosters and the ledger's
    entries stay as they are: the ledger is brought to what her progress earns by the next fold.
    Raises RosterError; RosterChanged for an account that is merged already.
    """
    kept, gone = _lock(kept_id, gone_id, by)
    for find in hooks.get_hooks(OBSTACLES_HOOK):
        if obstacle := find(kept.pk, gone.pk):
            raise RosterError(obstacle)
    _join_appointments(kept, gone, by, now, reason)
    for move in hooks.get_hooks(HOOK):
        move(kept.pk, gone.pk, now)
    _hand_over(kept, gone, takes_phone=takes_phone)
    detail = {"gone": gone.pk, "takes_phone": takes_phone}
    record(action=Action.ACCOUNT_CHANGED, by=by, subject=kept, detail=detail)
    return AccountMerge.objects.create(kept=kept, gone=gone, reason=reason, by=by, at=now)


def _lock(kept_id: int, gone_id: int, by: Member) -> tuple[Member, Member]:
    if kept_id == gone_id:
        raise RosterError(_("这是同一个账号，请选另一个。"))
    ids = (kept_id, gone_id)
    rows = Member.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    found = {each.pk: each for each in rows}
    if len(found) < 2 or accounts_in_care(by).filter(pk__in=ids).count() < 2:
        raise RosterError(_("两个账号都要由您管理（计入单位在您的范围内，不是工作人员）才能合并。"))
    if not all(each.is_active for each in found.values()):
        raise RosterChanged(_("其中一个账号已经停用或合并过了，请看一看现在的情况。"))
    return found[kept_id], found[gone_id]


def _join_appointments(kept: Member, gone: Member, by: Member, now: datetime, reason: str) -> None:
    """Those of the same position at the same time at one federation become one, the longer."""
    today = localdate(now)
    how = {"by": by, "now": now, "reason": reason}
    own = list(kept.appointments.order_by("pk"))
    others = list(gone.appointments.order_by("pk"))
    has_mark = counted_now(own, today) is not None
    for each in others:
        was_counted = each.is_counted and is_in_force(each, today)
        # It may bridge two of hers: all become one.
        twins = [mine for mine in own if _is_same_service(mine, each)]
        takes_mark = was_counted and not has_mark
        has_mark = has_mark or takes_mark
        if takes_mark:
            _drop_marks(own, how)
        _drop_mark(each, how)
        joined = _become_one([*twins, each], how)
        own = [*(mine for mine in own if mine not in twins), joined]
        joined.member = kept
        joined.is_counted = joined.is_counted or takes_mark
        save_appointment(appointment=joined, kind=Kind.MERGED, **how)
    # Her learning counts where she is counted: there the standings are to be made anew.
    note_roster_changes({each.federation_id for each in own})


def _become_one(rows: list[Appointment], how: dict) -> Appointment:
    first, *others = rows
    for each in others:
        first.is_counted = first.is_counted or each.is_counted
        remove_appointment(appointment=each, **how)
        first.starts_on = min(first.starts_on, each.starts_on)
        ends = (first.ends_on, each.ends_on)
        first.ends_on = None if None in ends else max(ends)
        first.term = first.term or each.term
    return first


def _is_same_service(one: Appointment, other: Appointment) -> bool:
    is_same_time = (not other.ends_on or one.starts_on <= other.ends_on) and (
        not one.ends_on or other.starts_on <= one.ends_on
    )
    return (
        one.federation_id == other.federation_id and one.position == other.position and is_same_time
    )


def _drop_marks(appointments: Iterable[Appointment], how: dict) -> None:
    for each in appointments:
        _drop_mark(each, how)


def _drop_mark(appointment: Appointment, how: dict) -> None:
    """Quietly: the line that follows says where she is counted."""
    if appointment.is_counted:
        appointment.is_counted = False
        save_appointment(appointment=appointment, kind=Kind.MERGED, **how)


def _hand_over(kept: Member, gone: Member, *, takes_phone: bool) -> None:
    """Notices, the phone, and the end of the other sign-in: its sessions end with the account."""
    move_rows(Notice.objects, kept=kept.pk, gone=gone.pk)
    # Of two requests about one thing hers stays.
    move_rows(CorrectionRequest.objects, kept=kept.pk, gone=gone.pk, beside=["thing"])
    move_rows(RosterClaim.objects, kept=kept.pk, gone=gone.pk)
    move_rows(WechatIdentity.objects, kept=kept.pk, gone=gone.pk, beside=["app_id"])
    # Where both had one, the other would lead into an account that is out of use.
    gone.wechat_identities.all().delete()
    _join_reminders(kept, gone)
    phone, verified_at = gone.phone, gone.phone_verified_at
    gone.phone, gone.phone_verified_at, gone.is_active = None, None, False
    gone.set_unusable_password()
    gone.save(update_fields=["phone", "phone_verified_at", "is_active", "password"])
    if phone and (takes_phone or not kept.phone):
        kept.phone, kept.phone_verified_at = phone, verified_at
        kept.save(update_fields=["phone", "phone_verified_at"])


def _join_reminders(kept: Member, gone: Member) -> None:
    """Who stopped them on either account has stopped them."""
    other = ReminderState.objects.filter(member=gone).first()
    if other is None:
        return
    own, _is_new = ReminderState.objects.get_or_create(member=kept)
    own.stopped_at = own.stopped_at or other.stopped_at
    if other.last_at and (not own.last_at or own.last_at < other.last_at):
        own.last_at, own.last_run = other.last_at, other.last_run
    own.save()
    other.delete()
