"""Carries out a plan: new federations in bulk, depth by depth; then changed facts, then moves.

treebeard has no bulk insert below existing nodes, and 28,743 `add_child` calls take minutes. The
paths are therefore handed out here, with treebeard's own arithmetic.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from federations.domain.divisions.rows import DivisionRow, KnownNode, TreePlan
from federations.domain.tree import move_federation
from federations.models import Federation

BATCH = 1000

# Called with the number of rows done and the number of rows in all.
Progress = Callable[[int, int], None]


def load_known() -> list[KnownNode]:
    """Every federation of the database, the root first (the order of the paths)."""
    fields = ("pk", "code", "parent_id", "level", "name", "kind")
    keys: dict[int | None, str] = {None: ""}
    nodes = []
    for pk, code, parent_id, level, name, kind in Federation.objects.values_list(*fields):
        keys[pk] = code or f"#{pk}"
        nodes.append(KnownNode(pk, keys[pk], keys[parent_id], level, name, kind))
    return nodes


def write_plan(plan: TreePlan, progress: Progress) -> None:
    """Runs inside the caller's transaction."""
    total = len(plan.created) + len(plan.moved) + len(plan.updated)
    done = 0
    for step in (_create, _update, _move):
        for count in step(plan):
            done += count
            progress(done, total)


def _create(plan: TreePlan) -> Iterator[int]:
    """Insert the new federations, parents first; yield how many were written."""
    places = _Places(plan.created)
    waiting: list[DivisionRow] = []
    for row in plan.created:
        # A parent needs its id before its children can name it.
        if waiting and (len(waiting) >= BATCH or not places.knows(row.parent_code)):
            yield places.insert(waiting)
            waiting = []
        waiting.append(row)
    if waiting:
        yield places.insert(waiting)
    places.save_child_counts()


class _Places:
    """Where new nodes go: remembers parents by code and the last step taken below each."""

    def __init__(self, created: list[DivisionRow]):
        self.new_children = Counter(row.parent_code for row in created)
        inside = {row.code for row in created}
        outside = [code for code in self.new_children if code and code not in inside]
        self.outside = Federation.objects.in_bulk(outside, field_name="code")
        self.nodes = dict(self.outside)
        self.steps = Counter({code: _last_step(node) for code, node in self.nodes.items()})

    def knows(self, code: str) -> bool:
        return not code or code in self.nodes

    def insert(self, rows: list[DivisionRow]) -> int:
        nodes = Federation.objects.bulk_create([self._place(row) for row in rows])
        self.nodes.update((node.code, node) for node in nodes)
        return len(nodes)

    def _place(self, row: DivisionRow) -> Federation:
        parent = self.nodes.get(row.parent_code)
        depth = parent.depth + 1 if parent else 1
        self.steps[row.parent_code] += 1
        step = self.steps[row.parent_code]
        return Federation(
            path=Federation._get_path(parent.path if parent else None, depth, step),
            depth=depth,
            numchild=self.new_children[row.code],
            parent=parent,
            code=row.code,
            name=row.name,
            level=row.level,
            kind=row.kind,
        )

    def save_child_counts(self) -> None:
        for code, node in self.outside.items():
            node.numchild += self.new_children[code]
        Federation.objects.bulk_update(self.outside.values(), ["numchild"], batch_size=BATCH)


def _last_step(node: Federation) -> int:
    last = node.get_last_child()
    return last._get_lastpos_in_path() if last else 0


def _move(plan: TreePlan) -> Iterator[int]:
    """Top down, so that the new parent already stands where it will stay."""
    for pk, row in plan.moved:
        parent = Federation.objects.get(code=row.parent_code)
        move_federation(federation=Federation.objects.get(pk=pk), parent=parent)
        yield 1


def _update(plan: TreePlan) -> Iterator[int]:
    for start in range(0, len(plan.updated), BATCH):
        batch = plan.updated[start : start + BATCH]
        nodes = [
            Federation(pk=pk, name=row.name, level=row.level, kind=row.kind) for pk, row in batch
        ]
        Federation.objects.bulk_update(nodes, ["name", "level", "kind"])
        yield len(nodes)
