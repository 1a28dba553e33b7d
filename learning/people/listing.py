"""Counting and listing the people of a plan at a place, by one and the same condition."""

from datetime import datetime

from django.db import connection

from federations.models import Federation
from learning.domain.standings.people import COLUMNS, people_of
from learning.domain.standings.rows import Rows
from learning.models import Plan
from learning.people.figures import FIGURES, STATE_SQL, STUCK_AFTER, Figure, State
from learning.people.person import Person, name_people
from learning.people.spot import Spot, counted_teams_sql

WITH_STATE = "SELECT p.*, {state} AS state FROM ({people}) p"
COUNT = "SELECT {counts} FROM ({people}) s {only}"
# Unit by unit, in each those first who need help: not begun, then longest silent.
LIST = """
SELECT {columns}, state FROM ({people}) s
JOIN federations_federation f ON f.id = s.federation_id {only}
ORDER BY f.path, has_completed, active_at IS NOT NULL, active_at, member_id {window}
"""
NAMED = "member_id IN (SELECT id FROM members_member WHERE name LIKE %s ESCAPE '!')"


def rows_at(spot: Spot, now: datetime) -> Rows | None:
    """Everybody due at the spot; None where the plan does not ask its own team."""
    if spot.view == "own" and not spot.asks_own_team and not spot.plan.is_frozen:
        return None
    return people_of(spot.plan, *spot.teams, now)


def rows_between(plan: Plan, paths: tuple[str, str], now: datetime) -> Rows:
    """Everybody due in the teams between two tree paths, both in the plan's range."""
    return people_of(plan, *counted_teams_sql(plan, paths), now)


def team_of(plan: Plan, federation: Federation, now: datetime) -> Rows | None:
    return rows_at(Spot(plan, federation, "own"), now)


def count_figures(
    plan: Plan, rows: Rows | None, now: datetime, *, name: str = ""
) -> dict[Figure, int]:
    """How many there are of each figure; `name`: only people whose name holds it. One query."""
    if rows is None:
        return dict.fromkeys(FIGURES, 0)
    people, only, named = _with_state(plan, rows, now), *_only(["1 = 1"], name)
    counts = [f"SUM(CASE WHEN {each.sql} THEN 1 ELSE 0 END)" for each in FIGURES.values()]
    sql = COUNT.format(counts=", ".join(counts), people=people.sql, only=only)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*people.params, *named])
        numbers = cursor.fetchone()
    return {figure: int(number or 0) for figure, number in zip(FIGURES, numbers, strict=True)}


def count_states(plan: Plan, rows: Rows | None, now: datetime) -> dict[State, int]:
    counts = count_figures(plan, rows, now)
    return {state: counts[Figure(state.value)] for state in State}


def list_people(
    plan: Plan,
    rows: Rows | None,
    now: datetime,
    *,
    figure: Figure = Figure.DUE,
    name: str = "",
    limit: int | None = None,
    offset: int = 0,
) -> list[Person]:
    """Those whom the figure counts, with their names and what is left."""
    if rows is None:
        return []
    people, only, named = _with_state(plan, rows, now), *_only([FIGURES[figure].sql], name)
    window, place = ("LIMIT %s OFFSET %s", [limit, offset]) if limit else ("", [])
    sql = LIST.format(columns=COLUMNS, people=people.sql, only=only, window=window)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*people.params, *named, *place])
        found = cursor.fetchall()
    return list(name_people(plan, found))


def _with_state(plan: Plan, rows: Rows, now: datetime) -> Rows:
    end = min(now, plan.cutoff_at) if plan.cutoff_at else now
    limit = connection.ops.adapt_datetimefield_value(end - STUCK_AFTER)
    return Rows(WITH_STATE.format(state=STATE_SQL, people=rows.sql), [limit, *rows.params])


def _only(conditions: list[str], name: str) -> tuple[str, list]:
    if not name:
        return f"WHERE {' AND '.join(conditions)}", []
    literal = name.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"WHERE {' AND '.join([*conditions, NAMED])}", [f"%{literal}%"]
