"""Reading .xlsx workbooks that come from outside: broken, locked or malicious ones too.

It lives in federations because that is the lowest layer that reads workbooks: the roster
import here and the question import above stand behind the same guard. It knows neither
models nor what the cells mean.

open_sheets(path)          the worksheets, once the file is known to be safe
open_legacy_sheets(path)   those of an old .xls, read in a process of its own
open_archive(path, ...)    the parts of another package: a Word document, zipped questions
check_workbook(path, ...)  the guard alone
UnsafeWorkbook             why a file is refused and what to do, in Chinese
"""

from .archives import DAMAGES, Archive, list_names, open_archive
from .guard import UnsafeWorkbook, check_streamed_workbook, check_workbook
from .legacy import is_legacy, open_legacy_sheets
from .opening import open_sheets

__all__ = [
    "DAMAGES",
    "Archive",
    "UnsafeWorkbook",
    "check_streamed_workbook",
    "check_workbook",
    "is_legacy",
    "list_names",
    "open_archive",
    "open_legacy_sheets",
    "open_sheets",
]
