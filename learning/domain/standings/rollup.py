"""Standing's rows, written by whole statements that are the same on SQLite and PostgreSQL.

Whoever calls these holds the plan's lock.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from federations.models import Federation
from federations.models.federation import subtree_range
from learning.domain.standings.figures import COLUMNS, NAMES, OWN_COLUMNS, SUBTREE_COLUMNS, Cell
from learning.domain.standings.own import own_figures_among
from learning.domain.standings.rows import Rows, adapt, among, bind, execute
from learning.models import Plan

ROWS_PER_STATEMENT = 500


def _upsert(rows: str, columns: list[str]) -> str:
    """Insert the rows, or replace `columns` where the plan's federation has one."""
    replaced = ", ".join(f"{name} = excluded.{name}" for name in [*columns, "updated_at"])
    return f"""
INSERT INTO learning_standing (plan_id, federation_id, updated_at, {", ".join(COLUMNS)})
{rows}
ON CONFLICT (plan_id, federation_id) DO UPDATE SET {replaced}
"""


def _columns(pattern: str) -> str:
    return ", ".join(pattern.format(name=name) for name in NAMES)


ZEROS = _columns("0")
# A mark from before the plan or the team moved may lie outside: no cell of this plan.
WRITE_OWN = _upsert(
    f"""
SELECT :plan, f.id, :now, {_columns("COALESCE(team.{name}, 0)")}, {ZEROS}
FROM federations_federation f LEFT JOIN (:figures) team ON team.federation_id = f.id
WHERE f.path BETWEEN :first AND :last AND f.id IN (:cells)""",  # noqa: S608 our own names
    OWN_COLUMNS,
)
# A federation's own team plus its children's subtrees.
ROLL_UP = _upsert(
    f"""
SELECT :plan, f.id, :now, {ZEROS},
       {_columns("COALESCE(own.own_{name}, 0) + COALESCE(below.{name}, 0)")}
FROM federations_federation f
LEFT JOIN learning_standing own ON own.plan_id = :plan AND own.federation_id = f.id
LEFT JOIN (
    SELECT child.parent_id, {_columns("SUM(cell.subtree_{name}) AS {name}")}
    FROM federations_federation place
    JOIN federations_federation child ON child.parent_id = place.id
    JOIN learning_standing cell ON cell.plan_id = :plan AND cell.federation_id = child.id
    WHERE place.path IN (:paths)
    GROUP BY child.parent_id
) below ON below.parent_id = f.id
WHERE f.path IN (:paths)""",  # noqa: S608 our own names
    SUBTREE_COLUMNS,
)


def write_own(plan: Plan, federation_ids: list[int], now: datetime) -> None:
    """Recount the given teams; what is not asked by the plan, or no longer, has nobody."""
    first, last = subtree_range(plan.federation.path)
    values = {"plan": plan.pk, "now": now, "first": first, "last": last}
    values["cells"] = among(federation_ids)
    values["figures"] = own_figures_among(plan, federation_ids, now)
    execute(bind(WRITE_OWN, values))


def roll_up(plan: Plan, federation_ids: list[int], now: datetime) -> None:
    """Recompute the subtrees of the federations and of all above, in the plan: level by level,
    deepest first, with one statement each."""
    marked = Federation.objects.below(plan.federation).filter(pk__in=federation_ids)
    for paths in _levels_bottom_up(plan, marked.values_list("path", flat=True)):
        execute(bind(ROLL_UP, {"plan": plan.pk, "now": now, "paths": among(sorted(paths))}))


def _levels_bottom_up(plan: Plan, paths: Iterable[str]) -> list[set[str]]:
    """The paths and their ancestors down from the plan's own federation, grouped by depth."""
    step, root = Federation.steplen, len(plan.federation.path)
    levels = defaultdict(set)
    for path in paths:
        for end in range(root, len(path) + 1, step):
            levels[end].add(path[:end])
    return [levels[end] for end in sorted(levels, reverse=True)]


def write_cells(plan: Plan, cells: dict[int, Cell], now: datetime) -> None:
    """Write whole rows, by federation id."""
    rows = list(cells.items())
    for start in range(0, len(rows), ROWS_PER_STATEMENT):
        batch = rows[start : start + ROWS_PER_STATEMENT]
        values = [adapt(value) for pk, cell in batch for value in (plan.pk, pk, now, *cell)]
        execute(bind(WRITE_CELLS, {"rows": Rows(", ".join([ROW] * len(batch)), values)}))


WRITE_CELLS = _upsert("VALUES :rows", COLUMNS)
ROW = f"({', '.join(['%s'] * (3 + len(COLUMNS)))})"
