"""A new member comes with the appointment that makes her one."""

from datetime import date

from django.db import transaction

from federations.domain.appointments import save_appointment
from federations.domain.names import note_names
from federations.models import Appointment, Federation
from members.models import Member


@transaction.atomic
def enrol_member(
    *,
    name: str,
    phone: str | None,
    federation: Federation,
    position: str,
    starts_on: date,
    term: str = "",
    source: str,
    by: Member | None = None,
    reason: str = "",
) -> Member:
    """Open an account and count it at `federation`. She signs in by SMS code until she has set a
    password. Raises IntegrityError when the phone is taken.
    """
    member = Member.objects.create_user(phone, name=name)
    appointment = Appointment(
        member=member,
        federation=federation,
        position=position,
        term=term,
        source=source,
        starts_on=starts_on,
    )
    save_appointment(appointment=appointment, by=by, reason=reason)
    note_names([name])
    return member
