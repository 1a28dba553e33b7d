"""The one door: read, match, check, write; all or nothing unless told to skip bad rows."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from federations.domain.appointments import note_roster_changes
from federations.domain.roster.entries import Entry, read_entry
from federations.domain.roster.judging import judge
from federations.domain.roster.matching import FederationFinder
from federations.domain.roster.people import find_shared_phones
from federations.domain.roster.reading import RosterSheet, read_roster
from federations.domain.roster.writing import new_people, write_entries


@dataclass(frozen=True, slots=True)
class RosterResult:
    """What was found and, when `applied`, written."""

    sheet: RosterSheet
    entries: list[Entry]
    applied: bool

    @property
    def bad(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.problems]

    @property
    def sound(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.problems]

    @property
    def created(self) -> int:
        return sum(not entry.held for entry in self.sound)

    @property
    def updated(self) -> int:
        return sum(entry.is_update for entry in self.sound)

    @property
    def unchanged(self) -> int:
        return len(self.sound) - self.created - self.updated

    @property
    def new_members(self) -> int:
        return len(new_people(self.sound))

    @property
    def touched_federation_ids(self) -> set[int]:
        """Federations whose standings must be recomputed; empty when nothing was written."""
        if not self.applied:
            return set()
        return {e.federation_id for e in self.sound if not e.held or e.is_update}


def import_roster(*, path: Path, apply: bool = False, skip_bad: bool = False) -> RosterResult:
    """Check a roster and, with `apply`, import it.

    One bad row keeps everything out unless `skip_bad`; a bad row itself is never imported.
    Raises RosterFileError when the file is no readable roster.
    """
    sheet = read_roster(path)
    with transaction.atomic():
        finder = FederationFinder()
        entries = [read_entry(row.line, sheet.cells(row), finder) for row in sheet.rows]
        find_shared_phones(entries)
        judge(entries, locks=apply)
        sound = [entry for entry in entries if not entry.problems]
        applied = apply and (skip_bad or len(sound) == len(entries))
        if applied:
            write_entries(sound)
        result = RosterResult(sheet, entries, applied)
        note_roster_changes(result.touched_federation_ids)
    return result
