"""Pure grading: standard library only, values in and a Grade out, never Django."""

from .blanks import full_texts, grade_blanks, mark_blanks
from .case import grade_parts
from .choice import grade_choice
from .grade import Grade, Scoring, State
from .marked import grade_marked
from .matching import grade_matching, mark_matching
from .numbers import grade_number, read_number, show_number
from .ordering import grade_order, mark_neighbours
from .text import fold_text

__all__ = [
    "Grade",
    "Scoring",
    "State",
    "fold_text",
    "full_texts",
    "grade_blanks",
    "grade_choice",
    "grade_marked",
    "grade_matching",
    "grade_number",
    "grade_order",
    "grade_parts",
    "mark_blanks",
    "mark_matching",
    "mark_neighbours",
    "read_number",
    "show_number",
]
