"""Rosters of any size: laid out on disk, checked as a whole, written batch by batch.

A batch holds whole persons and is one transaction. What was written is found "unchanged" by the
next run, so after a crash the same file is simply imported again; there is no position to keep.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, fields
from itertools import count, islice
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from federations.domain.appointments import note_roster_changes
from federations.domain.roster.entries import Entry, read_entry
from federations.domain.roster.judging import judge
from federations.domain.roster.matching import FederationFinder
from federations.domain.roster.scratch import SHOWN, Scratch
from federations.domain.roster.statistics import is_due, refresh_statistics
from federations.domain.roster.streaming import Head, read_rows
from federations.domain.roster.writing import new_people, write_entries
from federations.workbooks.text import read_text
from members.models import Member

ROWS_AT_ONCE = 2_000
# Up to here everything is written in one transaction; beyond, a person at a time is whole.
WHOLE_UP_TO_ROWS = 5_000
SHOWN_CHARS = 60

# report(done, total), in rows; total is 0 while it is not known.
Report = Callable[[int, int], None]


class RosterBusy(Exception):
    """Somebody changed the same people while they were written; the message tells what to do."""


class RosterHasProblems(Exception):
    """Rows that were sound when they were checked are not any more; nothing was written."""


@dataclass(slots=True)
class Tally:
    """How many rows, and what they come to. `known_members` had an account before."""

    rows: int = 0
    bad: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    new_members: int = 0
    known_members: int = 0

    def add(self, other: "Tally") -> None:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    @property
    def changes(self) -> int:
        return self.created + self.updated


@dataclass(slots=True)
class Draft:
    """A roster that is laid out; `heads` are the sheets as they were understood."""

    scratch: Scratch
    rows: int
    heads: list[Head] = field(default_factory=list)


@contextmanager
def lay_out(*, path: Path, within: list[str] | None = None, report: Report) -> Iterator[Draft]:
    """Read the whole file; the rows are at hand for as long as the block lasts.

    `within`: tree paths; a row that names a federation elsewhere has a problem.
    Raises RosterFileError when the file is no readable roster.
    """
    finder = FederationFinder(within)
    with closing(Scratch(finder)) as scratch:
        draft = Draft(scratch, 0)
        entries = _read_entries(path, finder, draft)
        while some := list(islice(entries, ROWS_AT_ONCE)):
            scratch.add(some)
            draft.rows += len(some)
            report(draft.rows, 0)
        scratch.arrange(ROWS_AT_ONCE)
        yield draft


def check_draft(draft: Draft, *, report: Report) -> Tally:
    """What an import would do; writes nothing."""
    return _go_through(draft, judge, report)


def write_draft(draft: Draft, *, skip_bad: bool, report: Report, by: Member | None = None) -> Tally:
    """Import the sound rows of a draft that was checked; `by` is whom the history names.

    Raises RosterHasProblems unless `skip_bad`; a file that is not written whole may then be
    written in part, which importing it again completes.
    """
    if not skip_bad and draft.scratch.has_bad_rows():
        raise RosterHasProblems
    if draft.rows > WHOLE_UP_TO_ROWS:
        return _go_through(draft, _writer_of_batches(skip_bad, by), report)
    with transaction.atomic():
        return _go_through(draft, lambda entries: _write(entries, skip_bad, by), report)


def _read_entries(path: Path, finder: FederationFinder, draft: Draft) -> Iterator:
    for head, line, values in read_rows(path):
        if not draft.heads or draft.heads[-1] is not head:
            draft.heads.append(head)
        cells = head.cells(values)
        # Lines of the first sheet are plain numbers, as in a file that has no other.
        label = line if len(draft.heads) == 1 else f"{head.title}!{line}"
        shown = [read_text(cells.get(name))[:SHOWN_CHARS] for name in SHOWN]
        yield read_entry(label, cells, finder), shown


def _go_through(draft: Draft, treat: Callable[[list[Entry]], None], report: Report) -> Tally:
    total = Tally()
    for number in range(draft.scratch.batches):
        numbered = draft.scratch.batch(number)
        entries = [entry for _pk, entry in numbered]
        treat(entries)
        total.add(_count(entries))
        bad = [(pk, entry.problems) for pk, entry in numbered if entry.problems]
        draft.scratch.note_judgement(number, bad)
        report(total.rows, draft.rows)
    return total


def _writer_of_batches(skip_bad: bool, by: Member | None) -> Callable[[list[Entry]], None]:
    numbers = count()

    def write(entries: list[Entry]) -> None:
        _write_again(entries, skip_bad, by)
        if is_due(next(numbers)):
            refresh_statistics()

    return write


def _write_again(entries: list[Entry], skip_bad: bool, by: Member | None) -> None:
    """A second time when somebody else was at the same people."""
    stated = [(entry.term, entry.ends_on, entry.counted, [*entry.problems]) for entry in entries]
    try:
        _write(entries, skip_bad, by)
    except IntegrityError:
        for entry, (term, ends_on, counted, problems) in zip(entries, stated, strict=True):
            entry.term, entry.ends_on, entry.counted = term, ends_on, counted
            entry.problems, entry.person, entry.held = problems, None, None
        try:
            _write(entries, skip_bad, by)
        except IntegrityError as error:
            message = _("有人正在改动同一批人员，已导入的都已保存；请把同一份文件再导入一次。")
            raise RosterBusy(message) from error


@transaction.atomic
def _write(entries: list[Entry], skip_bad: bool, by: Member | None) -> None:
    judge(entries, locks=True)
    sound = [entry for entry in entries if not entry.problems]
    if not skip_bad and len(sound) < len(entries):
        raise RosterHasProblems
    write_entries(sound, by)
    note_roster_changes({e.federation_id for e in sound if not e.held or e.is_update})


def _count(entries: list[Entry]) -> Tally:
    sound = [entry for entry in entries if not entry.problems]
    created = [entry for entry in sound if not entry.held]
    updated = sum(entry.is_update for entry in sound)
    return Tally(
        rows=len(entries),
        bad=len(entries) - len(sound),
        created=len(created),
        updated=updated,
        unchanged=len(sound) - len(created) - updated,
        new_members=len(new_people(sound)),
        known_members=len({e.person for e in created if e.person[0] == "member"}),
    )
