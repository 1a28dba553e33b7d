"""Pure grading: standard library only, values in and a Grade out, never Django."""

from .blanks import grade_blanks, mark_blanks
from .choice import grade_choice
from .grade import Grade, State
from .text import fold_text

__all__ = ["Grade", "State", "fold_text", "grade_blanks", "grade_choice", "mark_blanks"]
