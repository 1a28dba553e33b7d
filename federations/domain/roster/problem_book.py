"""The rows that were not imported, as a workbook that can be corrected and imported again."""

import os
from pathlib import Path

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from federations.domain.roster.reading import RESULT_COLUMN
from federations.domain.roster.report import inert
from federations.domain.roster.scratch import SHOWN, Scratch
from federations.workbooks.writing import INERT, write_rows


def write_problem_book(scratch: Scratch, target: Path) -> None:
    """Line, cells and reasons of every bad row; nothing in it is a formula."""
    titles = [_("原来的行"), *SHOWN, RESULT_COLUMN]
    rows = (
        [str(row.line), *map(inert, row.cells), " ".join(row.problems)]
        for row in scratch.bad_rows()
    )
    # Only its owner may read it: it holds phones.
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with Workbook(target, INERT) as book:
        write_rows(book, _("没有导入的行"), titles, rows)
