"""PURE: what rows say about one person together, and together with the database."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from federations.domain.roster.entries import Entry, Held, Line
from federations.domain.roster.people import list_lines
from federations.domain.roster.register import Register


@dataclass(frozen=True, slots=True)
class Span:
    """A term at one federation; line 0 stands for the database."""

    federation_id: int
    starts_on: date
    ends_on: date | None
    line: Line = 0

    def overlaps(self, other: "Span") -> bool:
        return (
            self.federation_id == other.federation_id
            and self.starts_on <= (other.ends_on or date.max)
            and other.starts_on <= (self.ends_on or date.max)
        )


def check_appointments(entries: list[Entry], register: Register, today: date) -> None:
    """Add the problems that only show when a person's rows are seen together."""
    by_person: dict[object, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.person and not entry.problems:
            by_person[entry.person].append(entry)
    for person, own in by_person.items():
        held = register.held.get(person[1], []) if person[0] == "member" else []
        _check_person(own, held, today)


def _check_person(entries: list[Entry], held: list[Held], today: date) -> None:
    entries = _without_repeated(entries)
    _restate(entries, held)
    restated = {entry.held.pk for entry in entries if entry.held}
    others = [appointment for appointment in held if appointment.pk not in restated]
    _find_overlaps(entries, others)
    # A past appointment keeps its mark only until another one in force takes it.
    past = [each for each in others if each.ends_on and each.ends_on < today]
    present = [each for each in others if each not in past]
    for entry in entries:
        rivals = present if _is_in_force(entry, today) else others
        _decide_counted(entry, is_only=len(entries) + len(rivals) == 1)
        _find_counted_elsewhere(entry, rivals)
        marked = [each for each in past if each.is_counted and each not in rivals]
        entry.releases = marked[0] if marked and entry.counted else None
    _find_counted_twice(entries)


def _is_in_force(entry: Entry, today: date) -> bool:
    return entry.starts_on <= today <= (entry.ends_on or today)


def _without_repeated(entries: Iterable[Entry]) -> list[Entry]:
    first: dict[tuple, Entry] = {}
    for entry in entries:
        if first.setdefault(entry.key, entry) is not entry:
            message = _("与第 %(line)s 行重复，请删去一行。")
            entry.problems.append(message % {"line": first[entry.key].line})
    return list(first.values())


def _restate(entries: Iterable[Entry], held: Iterable[Held]) -> None:
    """Find the appointment that a row repeats; what the row leaves empty stays as it is."""
    by_key = {(each.federation_id, each.position, each.starts_on): each for each in held}
    for entry in entries:
        entry.held = by_key.get(entry.key)
        if entry.held:
            entry.term = entry.term or entry.held.term
            entry.ends_on = entry.ends_on or entry.held.ends_on


def _find_overlaps(entries: list[Entry], others: list[Held]) -> None:
    spans = [Span(e.federation_id, e.starts_on, e.ends_on, e.line) for e in entries]
    stored = [Span(h.federation_id, h.starts_on, h.ends_on) for h in others]
    for entry, span in zip(entries, spans, strict=True):
        clashes = [each.line for each in spans if each is not span and span.overlaps(each)]
        if clashes:
            message = _("同一人在同一妇联的任期与第 %(lines)s 行重叠，请核对起止日期。")
            entry.problems.append(message % {"lines": list_lines(clashes)})
        if any(span.overlaps(each) for each in stored):
            entry.problems.append(
                _("同一人在同一妇联的任期与系统中已有的任职重叠，请核对起止日期。")
            )


def _decide_counted(entry: Entry, *, is_only: bool) -> None:
    """An empty 计入单位 means yes for an only appointment, and no change for a known one."""
    if entry.counted is None:
        entry.counted = entry.held.is_counted if entry.held else is_only


def _find_counted_elsewhere(entry: Entry, rivals: list[Held]) -> None:
    if entry.counted and any(each.is_counted for each in rivals):
        entry.problems.append(
            _("系统中她已有计入单位：请填“否”，或把原来那条任职写进花名册并填“否”。")
        )


def _find_counted_twice(entries: list[Entry]) -> None:
    counted = [entry for entry in entries if entry.counted]
    if len(counted) > 1:
        for entry in counted:
            lines = list_lines(other.line for other in counted if other is not entry)
            message = _("与第 %(lines)s 行都填了计入单位，每人只能有一个，请只保留一个“是”。")
            entry.problems.append(message % {"lines": lines})
