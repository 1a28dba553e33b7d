"""Import of members and their appointments from a roster (花名册).

import_roster(path=..., apply=False) -> RosterResult      one workbook, in memory, all or nothing
write_report(result, target)                              the problems, in a copy of the workbook

lay_out(path=..., within=..., report=...) -> Draft        any size: a file laid out on disk
check_draft(draft, ...), write_draft(draft, ...) -> Tally what it would do; doing it, in batches
write_problem_book(scratch, target)                       the rows that were not imported
"""

from federations.domain.roster.batches import (
    Draft,
    RosterBusy,
    RosterHasProblems,
    Tally,
    check_draft,
    lay_out,
    write_draft,
)
from federations.domain.roster.importing import RosterResult, import_roster
from federations.domain.roster.problem_book import write_problem_book
from federations.domain.roster.reading import RosterFileError
from federations.domain.roster.report import write_report
from federations.domain.roster.streaming import is_large

__all__ = [
    "Draft",
    "RosterBusy",
    "RosterFileError",
    "RosterHasProblems",
    "RosterResult",
    "Tally",
    "check_draft",
    "import_roster",
    "is_large",
    "lay_out",
    "write_draft",
    "write_problem_book",
    "write_report",
]
