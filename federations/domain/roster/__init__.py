"""Import of members and their appointments from an Excel roster (花名册).

import_roster(path=..., apply=False) -> RosterResult      a dry run unless told to apply
write_report(result, target)                              the problems, in a copy of the workbook
"""

from federations.domain.roster.importing import RosterResult, import_roster
from federations.domain.roster.reading import RosterFileError
from federations.domain.roster.report import write_report

__all__ = ["RosterFileError", "RosterResult", "import_roster", "write_report"]
