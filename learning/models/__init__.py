from learning.models.favourite import FavouritePage
from learning.models.outcome import OutcomeMark
from learning.models.plan import Plan, PlanItem
from learning.models.progress import Progress, ScoreStep
from learning.models.standing import StaleStanding, Standing

__all__ = [
    "FavouritePage",
    "OutcomeMark",
    "Plan",
    "PlanItem",
    "Progress",
    "ScoreStep",
    "StaleStanding",
    "Standing",
]
