"""The desk's pages of assessments."""

from learning.assessment.views.editing import edit_scheme, new_scheme
from learning.assessment.views.lists import scheme, schemes, unit
from learning.assessment.views.working import export, note, recompute

__all__ = ["edit_scheme", "export", "new_scheme", "note", "recompute", "scheme", "schemes", "unit"]
