"""PURE: which rows mean one person, and which member that is.

A person is ("member", id) when the database knows her, ("phone", number) when she is new, and
("name", federation, name) when she is new and has no phone.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from django.utils.translation import gettext as _

from federations.domain.roster.entries import Entry, Line
from federations.domain.roster.register import Person, Register
from federations.workbooks.text import fold


def identify_people(entries: list[Entry], register: Register) -> None:
    """Set every entry's `person`, or add the problem that keeps it open."""
    named = [entry for entry in entries if entry.name]
    with_phone = [entry for entry in named if entry.phone]
    for entry in with_phone:
        _identify_by_phone(entry, register)
    present = _people_at(with_phone)
    for entry in named:
        # A row whose phone could not be read is not a row without a phone.
        if not entry.phone and entry.place and not entry.problems:
            _identify_by_name(entry, present, register)


def find_shared_phones(entries: Iterable[Entry]) -> None:
    """Add the problem of one phone under several names; needs all rows that have the phone."""
    by_phone: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.name and entry.phone:
            by_phone[entry.phone].append(entry)
    for sharing in by_phone.values():
        for entry in sharing:
            others = [e.line for e in sharing if e.folded_name != entry.folded_name]
            if others:
                message = _("手机号与第 %(lines)s 行相同，姓名却不同，请核对。")
                entry.problems.append(message % {"lines": list_lines(others)})


def _identify_by_phone(entry: Entry, register: Register) -> None:
    known = register.by_phone.get(entry.phone)
    if known is None:
        entry.person = ("phone", entry.phone)
        _warn_of_double(entry, register)
        return
    entry.person = ("member", known.pk)
    if not is_same_name(entry, known):
        entry.problems.append(_("这个手机号在系统中属于另一位姓名不同的人，请核对姓名和手机号。"))


def _warn_of_double(entry: Entry, register: Register) -> None:
    """A phone for someone who had none would otherwise make a second person of her."""
    if entry.place and any(person.phone is None for person in _known_here(entry, register)):
        entry.problems.append(
            _("该妇联已有一位没有手机号的同名执委：如是同一人，请先在后台为她补上手机号再导入。")
        )


def _people_at(entries: Iterable[Entry]) -> dict[tuple, set[Hashable]]:
    present: dict[tuple, set[Hashable]] = defaultdict(set)
    for entry in entries:
        if entry.place:
            present[entry.federation_id, entry.folded_name].add(entry.person)
    return present


def _identify_by_name(entry: Entry, present: dict[tuple, set], register: Register) -> None:
    here = (entry.federation_id, entry.folded_name)
    people = present.get(here, set()) | {
        ("member", person.pk) for person in _known_here(entry, register)
    }
    if len(people) > 1:
        entry.problems.append(explain_namesakes())
        return
    entry.person = next(iter(people), ("name", *here))


def explain_namesakes() -> str:
    return _("该妇联有几位同名执委，请填写手机号加以区分。")


def _known_here(entry: Entry, register: Register) -> list[Person]:
    return register.namesakes.get((entry.federation_id, entry.folded_name), [])


def is_same_name(entry: Entry, person: Person) -> bool:
    return entry.folded_name == fold(person.name)


def list_lines(lines: Iterable[Line], shown: int = 5) -> str:
    # Plain numbers, those of the first sheet, before the others.
    lines = sorted(set(lines), key=lambda line: (isinstance(line, str), line))
    text = "、".join(map(str, lines[:shown]))
    return text + _(" 等") if len(lines) > shown else text
