"""Moving a member from one position to the next: the old one ends the day before the new begins."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federations.domain.appointments import (
    DAY,
    Kind,
    check_overlap,
    is_in_force,
    lock_appointment,
    save_appointment,
)
from federations.domain.errors import RosterError
from federations.models import Appointment, Federation
from members.models import Member


@transaction.atomic
def transfer_member(
    *,
    appointment_id: int,
    federation: Federation,
    position: str,
    source: str,
    on: date,
    reason: str,
    by: Member,
    now: datetime,
    term: str = "",
    stamp: str | None = None,
) -> Appointment:
    """End the appointment the day before `on` and begin one at `federation`, or in another position
    of the same one. If she was counted by the old one, she is by the new one.

    Raises RosterError, RosterChanged.
    """
    old, held = lock_appointment(appointment_id, stamp)
    _check(old, federation, position, on, localdate(now))
    others = [each for each in held if each.pk != old.pk]
    check_overlap(others, federation.pk, on)
    is_counted = old.is_counted
    is_move = federation.pk != old.federation_id
    old.ends_on, old.is_counted = on - DAY, False
    leaving, arriving = (Kind.LEFT, Kind.ARRIVED) if is_move else (Kind.POSITION, Kind.POSITION)
    how = {"by": by, "reason": reason, "now": now}
    save_appointment(appointment=old, kind=leaving, **how)
    new = Appointment(
        member=old.member,
        federation=federation,
        position=position,
        term=term,
        source=source,
        starts_on=on,
        is_counted=is_counted,
    )
    return save_appointment(appointment=new, kind=arriving, **how)


def _check(old: Appointment, federation: Federation, position: str, on: date, today: date) -> None:
    if on > today:
        raise RosterError(_("日期不能在今天以后，请到那天再办。"), field="on")
    if on <= old.starts_on:
        message = _("日期要晚于原来任职的任期起（%(start)s）。登记错了请用“更正”。")
        raise RosterError(message % {"start": old.starts_on}, field="on")
    if not is_in_force(old, on - DAY):
        raise RosterError(_("原来的任职那天已经离任，不能从它调动。"), field="on")
    if federation.pk == old.federation_id and position == old.position:
        raise RosterError(_("单位和职务都没有变。请选择新的单位或职务。"), field="position")
