"""At the cut-off, roster and figures of a plan are frozen for good."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from federations.models import Federation
from learning.audience import due_in, limited_teams_sql, path_range
from learning.domain.plan_events import note_event
from learning.domain.standings.facts import facts_of
from learning.domain.standings.own import frozen_figures
from learning.domain.standings.people import COLUMNS, judged
from learning.domain.standings.rebuild import lock_plan, replace_standings
from learning.domain.standings.rows import Rows
from learning.models import Plan, PlanEventKind, PlanRosterEntry, StaleStanding

ROSTER = "名单人数"
TEAMS_PER_BATCH = 1000
# Who is in the roster already stays as she was written: a move meanwhile counts nobody twice.
WRITE_ROSTER = """
INSERT INTO learning_planrosterentry (plan_id, {columns})
SELECT %s, {columns} FROM ({judged}) due WHERE TRUE
ON CONFLICT (plan_id, member_id) DO NOTHING
"""


def has_due_plans(*, now: datetime) -> bool:
    return Plan.boards.due_for_freezing(now).exists()


def freeze_due_plans(*, now: datetime) -> int:
    """Freeze every plan whose cut-off, and the time for late closing, have passed; how many."""
    due = list(Plan.boards.due_for_freezing(now).values_list("pk", flat=True))
    for plan_id in due:
        freeze_plan(plan_id=plan_id, now=now)
    return len(due)


@transaction.atomic
def freeze_plan(*, plan_id: int, now: datetime) -> None:
    """One last recount as of the cut-off; then nothing changes the rows any more.

    The figures are added up from the roster that was written, so the two always agree.
    """
    plan = lock_plan(plan_id)
    if not Plan.boards.due_for_freezing(now).filter(pk=plan_id).exists():
        # Frozen already, or put off while this waited for the lock.
        return
    count = write_roster(plan, now)
    replace_standings(plan, frozen_figures(plan), now)
    StaleStanding.objects.filter(plan_id=plan_id).delete()
    plan.frozen_at = now
    plan.save(update_fields=["frozen_at"])
    note_event(plan=plan, kind=PlanEventKind.FROZEN, now=now, changes=[[ROSTER, "", str(count)]])


def write_roster(plan: Plan, now: datetime) -> int:
    """One statement per batch of teams, and one for who moved between two of them; how many."""
    written = sum(_write(plan, judged(plan, *teams, now)) for teams in _batches(plan))
    if missed := _missed_teams(plan, facts_of(plan, now).as_of):
        placeholders = ", ".join(["%s"] * len(missed))
        written += _write(plan, judged(plan, placeholders, missed, now))
    return written


def _write(plan: Plan, due: Rows) -> int:
    with connection.cursor() as cursor:
        sql = WRITE_ROSTER.format(columns=COLUMNS, judged=due.sql)
        cursor.execute(sql, [plan.pk, *due.params])
        return cursor.rowcount


def _missed_teams(plan: Plan, as_of: date) -> list[int]:
    """Teams with somebody due who is not in the roster."""
    entries = PlanRosterEntry.objects.filter(plan=plan, member=OuterRef("member"))
    missed = due_in(plan, as_of).filter(~Exists(entries))
    return list(missed.values_list("federation_id", flat=True).distinct())


def _batches(plan: Plan) -> Iterator[tuple[str, list]]:
    places = Federation.objects.filter(path__range=path_range(plan)).order_by("path")
    paths = list(places.values_list("path", flat=True))
    for start in range(0, len(paths), TEAMS_PER_BATCH):
        batch = paths[start : start + TEAMS_PER_BATCH]
        yield limited_teams_sql(plan, (batch[0], batch[-1]))
