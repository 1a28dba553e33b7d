"""A plan of the province over a large roster: `python benchmarks/plans.py [MEMBERS]` (400,000).

Rebuilding and checking its standings, a fold of 20,000 marks, the lists of a progress page, a
reminder to all, the export, the freeze with its roster.
"""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.measuring import asked_count, run_steps  # noqa: E402 after the path is right

PAGES, TEAM, BATCH = 5, 14, 20_000


def prepare() -> dict:
    """Five-level tree with a village for every 14 members; four in five have learnt something."""
    from benchmarks.plan_scene import make_plan_scene  # noqa: PLC0415 Django must be set up first

    return make_plan_scene(asked_count(), pages=PAGES, team=TEAM)


def _plan():
    from learning.models import Plan  # noqa: PLC0415

    return Plan.objects.select_related("federation").get()


def rebuild() -> dict:
    from django.utils import timezone  # noqa: PLC0415

    from learning.domain.standings import rebuild_standings  # noqa: PLC0415

    result = rebuild_standings(plan_id=_plan().pk, now=timezone.now())
    return {"cells": result.cells, "written": len(result.differences)}


def fold() -> dict:
    """Every team has a mark: the worst that one fold can meet."""
    from django.utils import timezone  # noqa: PLC0415

    from federations.models import Federation  # noqa: PLC0415
    from learning.domain.standings import fold_standings  # noqa: PLC0415
    from learning.models import StaleStanding  # noqa: PLC0415

    plan = _plan()
    teams = Federation.objects.order_by("path").values_list("pk", flat=True)[:BATCH]
    StaleStanding.objects.bulk_create(
        (StaleStanding(plan=plan, federation_id=pk) for pk in teams), batch_size=2000
    )
    return {"marks": fold_standings(now=timezone.now())}


def count_audience() -> dict:
    from django.utils.timezone import localdate  # noqa: PLC0415

    from learning.audience import due_in  # noqa: PLC0415

    return {"due": due_in(_plan(), localdate()).count()}


def remind() -> dict:
    from dataclasses import asdict  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from learning.domain.reminders import remind_unfinished  # noqa: PLC0415

    plan = _plan()
    return asdict(
        remind_unfinished(
            plan=plan, federations=[plan.federation], run="基准", by=None, now=timezone.now()
        )
    )


def export() -> dict:
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from learning.people import Figure, Spot  # noqa: PLC0415
    from learning.people_workbook import write_people  # noqa: PLC0415

    plan = _plan()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "people.xlsx"
        count = write_people(
            path=path,
            spot=Spot(plan, plan.federation, "subtree"),
            figure=Figure.DUE,
            now=timezone.now(),
            report=lambda done, total: None,
        )
        return {"rows": count, "file_mb": path.stat().st_size // 1_000_000}


def freeze() -> dict:
    from datetime import timedelta  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from learning.domain.standings import freeze_due_plans  # noqa: PLC0415
    from learning.models import Plan, PlanRosterEntry  # noqa: PLC0415

    now = timezone.now()
    Plan.objects.update(cutoff_at=now - timedelta(minutes=1))
    freeze_due_plans(now=now)
    return {"roster": PlanRosterEntry.objects.count()}


if __name__ == "__main__":
    steps = {
        "prepare": prepare,
        "rebuild": rebuild,
        "fold": fold,
        "count_audience": count_audience,
        "remind": remind,
        "export": export,
        "freeze": freeze,
    }
    run_steps(__file__, steps, "prepare", "400000")
