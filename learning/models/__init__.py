from learning.models.plan import Plan, PlanItem
from learning.models.progress import Progress, ScoreStep
from learning.models.standing import StaleStanding, Standing

__all__ = ["Plan", "PlanItem", "Progress", "ScoreStep", "StaleStanding", "Standing"]
