"""Changing appointments: whatever changes who is counted where leaves a note of it."""

from collections.abc import Iterable

from django.db import transaction

from federations.models import Appointment, RosterChange


def note_roster_changes(federation_ids: Iterable[int]) -> None:
    RosterChange.objects.bulk_create(
        (RosterChange(federation_id=pk) for pk in set(federation_ids)), batch_size=500
    )


@transaction.atomic
def save_appointment(*, appointment: Appointment) -> Appointment:
    """Save a new or changed appointment; moving one changes two rosters."""
    before = Appointment.objects.filter(pk=appointment.pk).values_list("federation_id", flat=True)
    changed = {*before, appointment.federation_id}
    appointment.save()
    note_roster_changes(changed)
    return appointment


@transaction.atomic
def remove_appointment(*, appointment: Appointment) -> None:
    note_roster_changes([appointment.federation_id])
    appointment.delete()
