"""What the database makes of rows: whom each names, and whether her appointments can be so."""

from django.utils.timezone import localdate

from federations.domain.roster.checking import check_appointments
from federations.domain.roster.entries import Entry
from federations.domain.roster.people import identify_people
from federations.domain.roster.register import load_register


def judge(entries: list[Entry], *, locks: bool = False) -> None:
    """Add the problems to the rows; all rows of a person must be among them.

    `locks`: whom the rows name stays as judged until the transaction ends.
    """
    register = load_register(entries, locks=locks)
    identify_people(entries, register)
    check_appointments(entries, register, localdate())
