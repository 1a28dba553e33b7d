from learning.models.plan import Plan, PlanItem
from learning.models.progress import Progress
from learning.models.standing import StaleStanding, Standing

__all__ = ["Plan", "PlanItem", "Progress", "StaleStanding", "Standing"]
