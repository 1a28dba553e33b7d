"""How well the tasks were done that closed in the period."""

from collections import defaultdict

from learning.assessment.measures.base import Ground, Values
from learning.models import Standing
from learning.rules.assessment import mean_of
from learning.rules.figures import per_mille


def completed_tasks(ground: Ground) -> Values:
    """Mean of the tasks' completion rates, in per mille; None where none reached the unit.

    Every task weighs the same, however many are due in it.
    """
    cells = Standing.objects.filter(
        ground.is_unit("federation__"),
        plan__in=ground.tasks,
        subtree_due__gt=0,
    )
    rates = defaultdict(list)
    for unit, completed, due in cells.values_list("federation", "subtree_completed", "subtree_due"):
        rates[unit].append(per_mille(completed, due))
    return {unit.pk: mean_of(rates[unit.pk]) for unit in ground.units}
