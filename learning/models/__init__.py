from learning.models.outcome import OutcomeMark
from learning.models.plan import Plan, PlanEvent, PlanEventKind, PlanItem, Reach
from learning.models.progress import Progress, ScoreStep
from learning.models.roster import PlanRosterEntry
from learning.models.standing import StaleStanding, Standing

__all__ = [
    "OutcomeMark",
    "Plan",
    "PlanEvent",
    "PlanEventKind",
    "PlanItem",
    "PlanRosterEntry",
    "Progress",
    "Reach",
    "ScoreStep",
    "StaleStanding",
    "Standing",
]
