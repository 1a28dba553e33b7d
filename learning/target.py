"""A plan's target rate in words, for the board and the staff pages."""

from django.utils.translation import gettext as _

from learning.models import Plan
from learning.rules.figures import missing_to_target


def describe_target(plan: Plan, completed: int, due: int) -> dict | None:
    """None where the plan has no target, or nobody is due."""
    if not plan.target_rate or not due:
        return None
    missing = missing_to_target(completed, due, plan.target_rate)
    return {
        "rate": f"{plan.target_rate}%",
        "is_reached": missing == 0,
        "text": _("还差 %d 人") % missing if missing else _("已达到"),
    }
