"""考核: making and changing schemes, and computing their periods."""

from learning.assessment.domain.computing import compute_open_periods, compute_period
from learning.assessment.domain.errors import PeriodOpen, SchemeChanged, SchemeRefused
from learning.assessment.domain.notes import note_period
from learning.assessment.domain.schemes import Settings, create_scheme, edit_scheme

__all__ = [
    "PeriodOpen",
    "SchemeChanged",
    "SchemeRefused",
    "Settings",
    "compute_open_periods",
    "compute_period",
    "create_scheme",
    "edit_scheme",
    "note_period",
]
