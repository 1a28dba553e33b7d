"""Filing the questions of a file in a bank: plan first, then write, or only plan."""

from .report import ImportReport, Line, Result
from .run import import_questions

__all__ = ["ImportReport", "Line", "Result", "import_questions"]
