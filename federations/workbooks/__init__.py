"""Reading .xlsx workbooks that come from outside: broken, locked or malicious ones too.

It lives in federations because that is the lowest layer that reads workbooks: the roster
import here and the question import above stand behind the same guard. It knows neither
models nor what the cells mean.

open_sheets(path)          the worksheets, once the file is known to be safe
check_workbook(path, ...)  the guard alone
UnsafeWorkbook             why a file is refused and what to do, in Chinese
"""

from .guard import UnsafeWorkbook, check_workbook
from .opening import open_sheets

__all__ = ["UnsafeWorkbook", "check_workbook", "open_sheets"]
