"""What the database already says about the people of a roster, read in a few queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from federations.domain.roster.entries import Entry, Held
from federations.models import Appointment
from federations.workbooks.text import fold
from members.models import Member

# SQLite takes no more parameters than this in one query.
CHUNK = 900


@dataclass(frozen=True, slots=True)
class Person:
    pk: int
    name: str
    phone: str | None


@dataclass(slots=True)
class Register:
    """`namesakes` are the people with this (folded) name who serve at this federation."""

    by_phone: dict[str, Person] = field(default_factory=dict)
    namesakes: dict[tuple[int, str], list[Person]] = field(default_factory=dict)
    held: dict[int, list[Held]] = field(default_factory=dict)


def load_register(entries: list[Entry], *, locks: bool = False) -> Register:
    """With `locks` the people are the caller's alone until her transaction ends."""
    register = _find_people(entries)
    known = _ids_of(register)
    if locks and known:
        _lock(known)
        # Somebody may have changed them before they were held.
        register = _find_people(entries)
        known = _ids_of(register)
    register.held = _held_by(known)
    return register


def _find_people(entries: list[Entry]) -> Register:
    phones = {entry.phone for entry in entries if entry.phone}
    names = {(e.federation_id, e.folded_name) for e in entries if e.place and e.name}
    return Register(_people_by_phone(phones), load_namesakes(names))


def _ids_of(register: Register) -> set[int]:
    namesakes = (person for people in register.namesakes.values() for person in people)
    return {person.pk for person in (*register.by_phone.values(), *namesakes)}


def _lock(member_ids: set[int]) -> None:
    """In the order of the ids, as everywhere."""
    for chunk in _chunks(sorted(member_ids)):
        rows = Member.objects.select_for_update(no_key=True).filter(pk__in=chunk)
        list(rows.order_by("pk").values_list("pk"))


def _people_by_phone(phones: set[str]) -> dict[str, Person]:
    rows = (
        row
        for chunk in _chunks(phones)
        for row in Member.objects.filter(phone__in=chunk).values_list("pk", "name", "phone")
    )
    return {phone: Person(pk, name, phone) for pk, name, phone in rows}


def load_namesakes(wanted: set[tuple[int, str]]) -> dict[tuple[int, str], list[Person]]:
    """Who serves at a federation under a (folded) name, for the pairs that are wanted."""
    fields = ("federation_id", "member_id", "member__name", "member__phone")
    found: dict[tuple[int, str], dict[int, Person]] = defaultdict(dict)
    for chunk in _chunks({federation_id for federation_id, _name in wanted}):
        serving = Appointment.objects.filter(federation_id__in=chunk).values_list(*fields)
        for federation_id, pk, name, phone in serving.iterator():
            if (key := (federation_id, fold(name))) in wanted:
                found[key][pk] = Person(pk, name, phone)
    return {key: list(people.values()) for key, people in found.items()}


def _held_by(member_ids: set[int]) -> dict[int, list[Held]]:
    held: dict[int, list[Held]] = defaultdict(list)
    fields = Held.__dataclass_fields__
    for chunk in _chunks(member_ids):
        for row in Appointment.objects.filter(member_id__in=chunk).values_list(*fields):
            appointment = Held(*row)
            held[appointment.member_id].append(appointment)
    return held


def _chunks(items: Iterable) -> Iterator[list]:
    iterator = iter(items)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
