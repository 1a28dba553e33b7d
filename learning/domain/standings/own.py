"""Own-team figures from raw rows: the people of each team, added up in one grouped query."""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection

from learning.audience import teams_sql
from learning.domain.standings.figures import Figures
from learning.domain.standings.people import frozen, judged
from learning.domain.standings.rows import Rows
from learning.models import Plan

ADD_UP = """
SELECT federation_id, COUNT(*), SUM(CASE WHEN has_joined THEN 1 ELSE 0 END),
       SUM(CASE WHEN has_completed THEN 1 ELSE 0 END), COUNT(score_bp), COALESCE(SUM(score_bp), 0),
       SUM(CASE WHEN has_passed THEN 1 ELSE 0 END), SUM(CASE WHEN is_excellent THEN 1 ELSE 0 END),
       SUM(credit)
FROM ({people}) people GROUP BY federation_id
"""


def own_figures_of(plan: Plan, federation_ids: list[int], now: datetime) -> dict[int, Figures]:
    """Figures of the given teams, all within the plan's audience, by federation id.

    A team with nobody due is absent.
    """
    if not federation_ids:
        return {}
    teams = ", ".join(["%s"] * len(federation_ids))
    return dict(_add_up(judged(plan, teams, federation_ids, now)))


def own_figures_below(plan: Plan, now: datetime) -> dict[int, Figures]:
    """Figures of every team that the plan reaches."""
    return dict(_add_up(judged(plan, *teams_sql(plan), now)))


def frozen_figures(plan: Plan) -> dict[int, Figures]:
    """Figures of every team in the plan's frozen roster."""
    return dict(_add_up(frozen(plan, ALL_TEAMS, [])))


ALL_TEAMS = "SELECT id FROM federations_federation"


def _add_up(people: Rows) -> Iterator[tuple[int, Figures]]:
    with connection.cursor() as cursor:
        cursor.execute(ADD_UP.format(people=people.sql), people.params)
        for team, *numbers in cursor.fetchall():
            yield team, Figures(*(int(number) for number in numbers))
