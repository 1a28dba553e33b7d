"""What the database makes of rows: whom each names, and whether her appointments can be so."""

from federations.domain.roster.checking import check_appointments
from federations.domain.roster.entries import Entry
from federations.domain.roster.people import identify_people
from federations.domain.roster.register import load_register


def judge(entries: list[Entry]) -> None:
    """Add the problems to the rows; all rows of a person must be among them."""
    register = load_register(entries)
    identify_people(entries, register)
    check_appointments(entries, register)
