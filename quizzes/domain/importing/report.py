"""What an import did, or would do, with every row of its file."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from quizzes.domain.wording import Wording
from quizzes.interchange.entries import Entry, RawQuestion


class Result(StrEnum):
    IMPORTED = "imported"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    PROBLEM = "problem"


ACCEPTED = (Result.IMPORTED, Result.UPDATED, Result.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Line:
    """One row's outcome. `wording` is there when the row is in the bank now, or in review."""

    entry: Entry
    result: Result
    reason: str = ""
    wording: Wording | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_accepted(self) -> bool:
        return self.result in ACCEPTED


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The lines are in the order of the file. A dry run says what would have been done."""

    bank_name: str
    is_dry_run: bool
    lines: tuple[Line, ...]

    def count(self, result: Result) -> int:
        return sum(line.result == result for line in self.lines)

    def count_by_sheet_and_type(self) -> dict[tuple[str, str], Counter[Result]]:
        """Keyed by sheet and type; the type is "" where a row's could not be told."""
        counts: dict[tuple[str, str], Counter[Result]] = {}
        for line in self.lines:
            place = (line.entry.sheet, line.entry.type)
            counts.setdefault(place, Counter())[line.result] += 1
        return counts

    def accepted(self) -> Iterator[Line]:
        return (line for line in self.lines if line.is_accepted)

    def refused(self) -> Iterator[Line]:
        return (line for line in self.lines if not line.is_accepted)

    def notes(self) -> Iterator[tuple[RawQuestion, str]]:
        """What was read differently from what the file says."""
        for line in self.accepted():
            for note in (*line.entry.notes, *line.notes, *_note_split(line)):
                yield line.entry, note


def _note_split(line: Line) -> Iterator[str]:
    """Several blanks' answers may stand in one cell; the editor should see how they were split."""
    if line.entry.options:
        return
    answers = line.wording.answers
    # A model answer is given line by line: nothing was divided there.
    lines = [line.strip() for line in "\n".join(line.entry.answers).splitlines() if line.strip()]
    if len(answers) != len(line.entry.answers) and lines != list(filter(None, answers)):
        yield _("一格里的答案按空拆成了：%(answers)s。") % {"answers": "；".join(answers)}
