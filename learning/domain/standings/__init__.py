"""Standings: recomputed from Progress cell by cell, and added up level by level."""

from learning.domain.standings.fold import Busy, fold_standings
from learning.domain.standings.freeze import freeze_due_plans, has_due_plans
from learning.domain.standings.rebuild import (
    RebuildResult,
    rebuild_open_standings,
    rebuild_standings,
    schedule_rebuild,
)

__all__ = [
    "Busy",
    "RebuildResult",
    "fold_standings",
    "freeze_due_plans",
    "has_due_plans",
    "rebuild_open_standings",
    "rebuild_standings",
    "schedule_rebuild",
]
