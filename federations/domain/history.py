"""Writing the history of appointments: what a row was and what it became."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from federations.models import Appointment, AppointmentEvent, AppointmentEventKind
from members.models import Member

COLUMNS = (
    "member_id",
    "federation_id",
    "position",
    "term",
    "source",
    "starts_on",
    "ends_on",
    "is_counted",
)
Facts = dict[str, Any]


def facts_of(appointment: Appointment) -> Facts:
    """The row as JSON holds it."""
    return {name: _plain(getattr(appointment, name)) for name in COLUMNS}


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value


def make_event(
    *,
    appointment: Appointment,
    before: Facts | None,
    kind: AppointmentEventKind,
    by: Member | None,
    now: datetime,
    reason: str = "",
) -> AppointmentEvent:
    """An unsaved event of what `appointment` has become; `before` is None when it is new."""
    after = facts_of(appointment)
    known = before or dict.fromkeys(COLUMNS)
    changes = {name: [known[name], after[name]] for name in COLUMNS if known[name] != after[name]}
    return AppointmentEvent(
        member_id=appointment.member_id,
        federation_id=appointment.federation_id,
        kind=kind,
        changes=changes,
        by=by,
        at=now,
        reason=reason,
    )


def write_events(events: Iterable[AppointmentEvent]) -> None:
    AppointmentEvent.objects.bulk_create(events, batch_size=500)


def stamp_of(appointments: Iterable[Appointment]) -> str:
    """Changes whenever one of these appointments does: a form carries it, to be compared."""
    rows = sorted([each.pk, *facts_of(each).values()] for each in appointments)
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]
