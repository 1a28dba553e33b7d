"""Writes the sound rows: new members, then changed appointments, then new ones."""

from collections.abc import Hashable, Iterable
from dataclasses import asdict
from datetime import datetime
from secrets import token_urlsafe

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils import timezone
from django.utils.translation import gettext_lazy

from federations.domain.appointments import note_roster_changes
from federations.domain.history import facts_of, make_event, write_events
from federations.domain.names import note_names
from federations.domain.roster.entries import Entry, Held
from federations.models import Appointment, AppointmentEvent, AppointmentEventKind
from members.models import Member

# SQLite's own limit on parameters makes smaller ones of them.
BATCH = 2000
REASON = gettext_lazy("导入名册")


def write_entries(entries: list[Entry], by: Member | None = None) -> None:
    """Runs inside the caller's transaction; `entries` have no problems. `by` is whose import it
    is, for the history; None: the machine's.
    """
    members = _create_members(entry for entry in entries if not entry.held)
    _release_marks([entry.releases for entry in entries if entry.releases], by)
    _update_appointments([entry for entry in entries if entry.is_update], by)
    Appointment.objects.bulk_create(
        [_appointment(entry, members) for entry in entries if not entry.held], batch_size=BATCH
    )


def new_people(entries: Iterable[Entry]) -> dict[Hashable, Entry]:
    """The people whom the database does not know, each with one of her rows."""
    return {entry.person: entry for entry in entries if entry.person[0] != "member"}


def _create_members(entries: Iterable[Entry]) -> dict[Hashable, int]:
    """Return the ids by person."""
    people = new_people(entries)
    note_names({entry.name for entry in people.values()})
    members = Member.objects.bulk_create(map(_member, people, people.values()), batch_size=BATCH)
    return dict(zip(people, (member.pk for member in members), strict=True))


def _member(person: tuple, entry: Entry) -> Member:
    """She signs in by SMS code: her password is unusable.

    The phone is the person's: this row of hers may be one without it. Whatever else a new
    member's row holds that is derived from her name belongs here.
    """
    kind, *rest = person
    # What make_password(None) gives, without its 40 draws: half a minute for 400,000 members.
    unusable = UNUSABLE_PASSWORD_PREFIX + token_urlsafe(30)
    return Member(name=entry.name, phone=rest[0] if kind == "phone" else None, password=unusable)


def _release_marks(past: list[Held], by: Member | None) -> None:
    now, rows, events = timezone.now(), [], []
    for held in past:
        appointment = Appointment(**asdict(held))
        before = facts_of(appointment)
        appointment.is_counted = False
        how = {"kind": AppointmentEventKind.COUNTED, "by": by, "now": now}
        rows.append(appointment)
        events.append(make_event(appointment=appointment, before=before, reason=REASON, **how))
    Appointment.objects.bulk_update(rows, ["is_counted"], batch_size=BATCH)
    write_events(events)
    note_roster_changes(held.federation_id for held in past)


def _update_appointments(entries: list[Entry], by: Member | None) -> None:
    now = timezone.now()
    events = [_event(entry, by, now) for entry in entries]
    # The database allows one counted appointment per member at every moment: marks go first.
    for counted in (False, True):
        appointments = [
            Appointment(
                pk=entry.held.pk, term=entry.term, ends_on=entry.ends_on, is_counted=entry.counted
            )
            for entry in entries
            if entry.counted is counted
        ]
        Appointment.objects.bulk_update(
            appointments, ["term", "ends_on", "is_counted"], batch_size=BATCH
        )
    write_events(events)


def _event(entry: Entry, by: Member | None, now: datetime) -> AppointmentEvent:
    """What the row changes of what is held; new appointments have no event."""
    appointment = Appointment(**asdict(entry.held))
    before = facts_of(appointment)
    appointment.term, appointment.ends_on = entry.term, entry.ends_on
    appointment.is_counted = entry.counted
    how = {"by": by, "now": now, "reason": REASON}
    return make_event(appointment=appointment, before=before, kind=_kind(entry), **how)


def _kind(entry: Entry) -> AppointmentEventKind:
    if entry.held.ends_on is None and entry.ends_on:
        return AppointmentEventKind.ENDED
    if (entry.held.term, entry.held.ends_on) == (entry.term, entry.ends_on):
        return AppointmentEventKind.COUNTED
    return AppointmentEventKind.CORRECTED


def _appointment(entry: Entry, members: dict[Hashable, int]) -> Appointment:
    kind, *rest = entry.person
    return Appointment(
        member_id=rest[0] if kind == "member" else members[entry.person],
        federation_id=entry.federation_id,
        position=entry.position,
        term=entry.term,
        starts_on=entry.starts_on,
        ends_on=entry.ends_on,
        is_counted=entry.counted,
    )
