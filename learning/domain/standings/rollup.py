"""Subtree figures: a federation's own team plus its children's subtrees, deepest level first."""

from collections import defaultdict
from datetime import datetime

from django.db.models import Sum

from federations.models import Federation
from learning.domain.standings.figures import (
    NAMES,
    OWN_COLUMNS,
    SUBTREE_COLUMNS,
    Figures,
    read_figures,
)
from learning.models import Plan, Standing

BATCH = 500


def write_own(plan: Plan, figures: dict[int, Figures], now: datetime) -> None:
    """Write the own-team columns of the given federations, by federation id."""
    rows = [
        Standing(plan=plan, federation_id=pk, updated_at=now, **cell.as_columns("own"))
        for pk, cell in figures.items()
    ]
    _upsert(rows, OWN_COLUMNS)


def roll_up(plan: Plan, paths: set[str], now: datetime) -> None:
    """Recompute the subtree columns of the federations at `paths` and of all above, in the plan."""
    for level in _levels_bottom_up(plan, paths):
        ids = list(Federation.objects.filter(path__in=level).values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            _recompute_subtrees(plan, ids[start : start + BATCH], now)


def _levels_bottom_up(plan: Plan, paths: set[str]) -> list[set[str]]:
    """The paths and their ancestors down from the plan's own federation, grouped by depth."""
    step, root = Federation.steplen, len(plan.federation.path)
    levels = defaultdict(set)
    for path in paths:
        for end in range(root, len(path) + 1, step):
            levels[end].add(path[:end])
    return [levels[end] for end in sorted(levels, reverse=True)]


def _recompute_subtrees(plan: Plan, ids: list[int], now: datetime) -> None:
    own = {s.federation_id: s for s in Standing.objects.filter(plan=plan, federation_id__in=ids)}
    below = _sum_children(plan, ids)
    rows = []
    for pk in ids:
        figures = read_figures(own[pk], "own") if pk in own else Figures()
        total = figures + below.get(pk, Figures())
        rows.append(
            Standing(plan=plan, federation_id=pk, updated_at=now, **total.as_columns("subtree"))
        )
    _upsert(rows, SUBTREE_COLUMNS)


def _sum_children(plan: Plan, ids: list[int]) -> dict[int, Figures]:
    sums = {name: Sum(f"subtree_{name}") for name in NAMES}
    children = Standing.objects.filter(plan=plan, federation__parent_id__in=ids)
    rows = children.values_list("federation__parent_id").annotate(**sums)
    return {parent: Figures(*(int(number) for number in numbers)) for parent, *numbers in rows}


def _upsert(rows: list[Standing], columns: list[str]) -> None:
    Standing.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["plan", "federation"],
        update_fields=[*columns, "updated_at"],
    )
