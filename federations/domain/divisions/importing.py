"""The one door: read, plan, write; all or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from federations.domain.divisions.planning import plan_tree
from federations.domain.divisions.reading import read_rows
from federations.domain.divisions.rows import DivisionRow
from federations.domain.divisions.writing import Progress, load_known, write_plan
from federations.models import Federation

SHIPPED_FILE = Path(__file__).resolve().parents[2] / "data" / "guangdong_divisions.csv"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many federations were treated how; `absent` are in the database but not in the file."""

    created: int
    updated: int
    moved: int
    unchanged: int
    absent: int

    @property
    def has_changes(self) -> bool:
        return bool(self.created or self.updated or self.moved)


def import_federations(
    *,
    path: Path | None = None,
    rows: Iterable[DivisionRow] | None = None,
    progress: Progress = lambda done, total: None,
) -> ImportResult:
    """Bring the tree up to date with a CSV file or with rows; federations it lacks are left alone.

    Raises TreeFileError, having written nothing, when any line is wrong.
    """
    rows = read_rows(path or SHIPPED_FILE) if rows is None else list(rows)
    with transaction.atomic():
        _lock_tree()
        plan = plan_tree(rows, load_known())
        write_plan(plan, progress)
    return ImportResult(
        created=len(plan.created),
        updated=len(plan.updated),
        moved=len(plan.moved),
        unchanged=plan.unchanged,
        absent=plan.absent,
    )


def _lock_tree() -> None:
    """Two imports at once would hand out the same paths: the second waits for the first."""
    list(Federation.objects.select_for_update().filter(parent=None).values_list("pk"))
