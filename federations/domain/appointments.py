"""Changing appointments: whatever changes who is counted where leaves a note of it, and a line in
the history.

Every change takes the lock of the member first, so of two managers at once the second sees what
the first has done.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federations.domain.errors import RosterChanged, RosterError
from federations.domain.history import facts_of, make_event, stamp_of, write_events
from federations.models import Appointment, AppointmentEventKind, Federation, RosterChange
from federations.scope import manages
from members.models import Member

Kind = AppointmentEventKind
DAY = timedelta(days=1)


def note_roster_changes(federation_ids: Iterable[int]) -> None:
    RosterChange.objects.bulk_create(
        (RosterChange(federation_id=pk) for pk in set(federation_ids)), batch_size=500
    )


@transaction.atomic
def save_appointment(
    *,
    appointment: Appointment,
    by: Member | None = None,
    reason: str = "",
    kind: AppointmentEventKind | None = None,
    now: datetime | None = None,
) -> Appointment:
    """Save a new or changed appointment; moving one changes two rosters."""
    stored = Appointment.objects.filter(pk=appointment.pk).first()
    before = facts_of(stored) if stored else None
    changed = {appointment.federation_id, *([stored.federation_id] if stored else [])}
    appointment.save()
    if before != facts_of(appointment):
        kind = kind or (Kind.CORRECTED if stored else Kind.APPOINTED)
        how = {"kind": kind, "by": by, "now": now or timezone.now(), "reason": reason}
        write_events([make_event(appointment=appointment, before=before, **how)])
    note_roster_changes(changed)
    return appointment


@transaction.atomic
def remove_appointment(
    *,
    appointment: Appointment,
    by: Member | None = None,
    reason: str = "",
    now: datetime | None = None,
) -> None:
    note_roster_changes([appointment.federation_id])
    gone = facts_of(appointment)
    event = make_event(
        appointment=appointment,
        before=gone,
        kind=Kind.REMOVED,
        by=by,
        now=now or timezone.now(),
        reason=reason,
    )
    event.changes = {name: [value, None] for name, value in gone.items() if value is not None}
    write_events([event])
    appointment.delete()


@transaction.atomic
def appoint(
    *,
    member: Member,
    federation: Federation,
    position: str,
    starts_on: date,
    by: Member,
    now: datetime,
    term: str = "",
    source: str,
    is_counted: bool | None = None,
    reason: str = "",
    kind: AppointmentEventKind = Kind.APPOINTED,
) -> Appointment:
    """Give a member an appointment from `starts_on` on.

    `is_counted` None: counted here if she is counted nowhere now. True moves the mark here.
    Raises RosterError.
    """
    held = lock_appointments(member.pk)
    _check_in_use(member.pk)
    _check_begun(starts_on, now)
    check_overlap(held, federation.pk, starts_on)
    if is_counted is None:
        is_counted = counted_now(held, localdate(now)) is None
    if is_counted:
        _take_mark(held, by, now, reason)
    appointment = Appointment(
        member=member,
        federation=federation,
        position=position,
        term=term,
        source=source,
        starts_on=starts_on,
        is_counted=is_counted,
    )
    return save_appointment(appointment=appointment, by=by, reason=reason, kind=kind, now=now)


@transaction.atomic
def end_appointment(
    *,
    appointment_id: int,
    ends_on: date,
    reason: str,
    by: Member,
    now: datetime,
    stamp: str | None = None,
    kind: AppointmentEventKind = Kind.ENDED,
) -> Appointment:
    """She serves until `ends_on`, that day included. Raises RosterError."""
    appointment, held = lock_appointment(appointment_id, stamp)
    if ends_on < appointment.starts_on:
        raise RosterError(_("离任日期不能早于任期起。"), field="ends_on")
    others = [each for each in held if each.pk != appointment.pk]
    if appointment.ends_on and ends_on > appointment.ends_on:
        check_overlap(others, appointment.federation_id, appointment.ends_on + DAY, ends_on)
    appointment.ends_on = ends_on
    return save_appointment(appointment=appointment, by=by, reason=reason, kind=kind, now=now)


@transaction.atomic
def count_at(
    *, appointment_id: int, by: Member, now: datetime, reason: str = "", stamp: str | None = None
) -> Appointment:
    """Make this the appointment under which she is counted. Raises RosterError."""
    appointment, held = lock_appointment(appointment_id, stamp)
    if not is_in_force(appointment, localdate(now)):
        raise RosterError(_("这个任职现在不在任期内，不能作为计入单位。"))
    if not appointment.is_counted:
        _take_mark(held, by, now, reason)
        appointment.is_counted = True
    return save_appointment(
        appointment=appointment, by=by, reason=reason, kind=Kind.COUNTED, now=now
    )


@transaction.atomic
def correct_appointment(
    *,
    appointment_id: int,
    position: str,
    term: str,
    source: str,
    starts_on: date,
    ends_on: date | None,
    reason: str,
    by: Member,
    now: datetime,
    stamp: str | None = None,
) -> Appointment:
    """Mend what was entered wrongly; a real change is a transfer or an end. Raises RosterError."""
    appointment, held = lock_appointment(appointment_id, stamp)
    if ends_on and ends_on < starts_on:
        raise RosterError(_("任期止不能早于任期起。"), field="ends_on")
    others = [each for each in held if each.pk != appointment.pk]
    check_overlap(others, appointment.federation_id, starts_on, ends_on)
    appointment.position, appointment.term, appointment.source = position, term, source
    appointment.starts_on, appointment.ends_on = starts_on, ends_on
    return save_appointment(appointment=appointment, by=by, reason=reason, now=now)


def lock_appointments(member_id: int) -> list[Appointment]:
    """All appointments of the member, past ones too, hers alone until the transaction ends."""
    list(Member.objects.select_for_update(no_key=True).filter(pk=member_id).values_list("pk"))
    rows = Appointment.objects.filter(member=member_id).select_related("federation", "member")
    return list(rows.order_by("starts_on", "pk"))


def lock_appointment(pk: int, stamp: str | None) -> tuple[Appointment, list[Appointment]]:
    """The appointment, and all of the member's. `stamp` is that of the form; None compares nothing.

    Raises RosterChanged when it is gone or not as the form had it.
    """
    member_id = Appointment.objects.filter(pk=pk).values_list("member_id", flat=True).first()
    held = lock_appointments(member_id) if member_id else []
    found = next((each for each in held if each.pk == pk), None)
    if found is None or (stamp is not None and stamp_of([found]) != stamp):
        raise RosterChanged
    return found, held


def counted_now(held: Iterable[Appointment], today: date) -> Appointment | None:
    return next((each for each in held if each.is_counted and is_in_force(each, today)), None)


def is_in_force(appointment: Appointment, on: date) -> bool:
    return appointment.starts_on <= on and (not appointment.ends_on or appointment.ends_on >= on)


def check_overlap(
    held: Iterable[Appointment], federation_id: int, starts_on: date, ends_on: date | None = None
) -> None:
    """One person has one appointment at a federation at a time. Raises RosterError."""
    for each in held:
        is_same_time = each.starts_on <= (ends_on or date.max) and starts_on <= (
            each.ends_on or date.max
        )
        if each.federation_id == federation_id and is_same_time:
            message = _("她在这里已有任职：%(position)s，%(start)s 起。请改那一条，或换个日期。")
            facts = {"position": each.get_position_display(), "start": each.starts_on}
            raise RosterError(message % facts, field="starts_on")


def _check_in_use(member_id: int) -> None:
    """Her account may have been merged into another one since the form found it."""
    if not Member.objects.filter(pk=member_id, is_active=True).exists():
        raise RosterError(_("这个账号已停用或合并到另一个账号了，请重新查找。"), field="phone")


def _check_begun(starts_on: date, now: datetime) -> None:
    """Who is counted where is one mark: it cannot move on a day to come."""
    if starts_on > localdate(now):
        raise RosterError(_("日期不能在今天以后，请到那天再办。"), field="starts_on")


def _take_mark(held: Iterable[Appointment], by: Member, now: datetime, reason: str) -> None:
    """Her counted appointment gives up its mark; one in force elsewhere must be in `by`'s care."""
    for each in held:
        if not each.is_counted:
            continue
        if is_in_force(each, localdate(now)) and not manages(by, each.federation):
            raise RosterError(
                _("她的计入单位不在您的管理范围内，请由那边或共同的上级妇联办理。"),
                field="is_counted",
            )
        each.is_counted = False
        save_appointment(appointment=each, by=by, reason=reason, kind=Kind.COUNTED, now=now)
