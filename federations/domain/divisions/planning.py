"""PURE: from sound rows and the present tree to what has to be done."""

from collections.abc import Iterable

from federations.domain.divisions.checking import find_problems, merged_parents
from federations.domain.divisions.rows import DivisionRow, KnownNode, TreeFileError, TreePlan


def plan_tree(rows: list[DivisionRow], known_nodes: Iterable[KnownNode]) -> TreePlan:
    """Raises TreeFileError with every problem of the file."""
    known = {node.key: node for node in known_nodes}
    if problems := find_problems(rows, known):
        raise TreeFileError(problems)
    depths = measure_depths(merged_parents(rows, known))
    top_down = sorted(rows, key=lambda row: depths[row.code])
    present = [(known[row.code], row) for row in top_down if row.code in known]
    updated = [(node.pk, row) for node, row in present if _facts(node) != _facts(row)]
    moved = [(node.pk, row) for node, row in present if node.parent_key != row.parent_code]
    touched = {pk for pk, _row in updated} | {pk for pk, _row in moved}
    return TreePlan(
        created=[row for row in top_down if row.code not in known],
        updated=updated,
        moved=moved,
        unchanged=len(present) - len(touched),
        absent=len(known) - len(present),
    )


def measure_depths(parents: dict[str, str]) -> dict[str, int]:
    """Depth of every key, the root being 1. `parents` has no cycles and no orphans."""
    depths = {"": 0}
    for start in parents:
        trail, key = [], start
        while key not in depths:
            trail.append(key)
            key = parents[key]
        for depth, passed in enumerate(reversed(trail), start=depths[key] + 1):
            depths[passed] = depth
    return depths


def _facts(node: KnownNode | DivisionRow) -> tuple[str, int, str]:
    return node.name, node.level, node.kind
