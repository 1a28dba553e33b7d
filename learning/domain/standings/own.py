"""Own-team figures from raw rows: the people of each team, added up in one grouped query."""

from datetime import datetime

from learning.audience import limited_teams_sql, path_range, teams_sql
from learning.domain.standings.figures import Figures
from learning.domain.standings.people import frozen, judged
from learning.domain.standings.rows import Rows, among, bind, fetch
from learning.models import Plan

# Named and ordered as Figures has them.
ADD_UP = """
SELECT federation_id, COUNT(*) AS due, SUM(CASE WHEN has_joined THEN 1 ELSE 0 END) AS joined,
       SUM(CASE WHEN has_completed THEN 1 ELSE 0 END) AS completed,
       COUNT(score_bp) AS scored, COALESCE(SUM(score_bp), 0) AS score_bp,
       SUM(CASE WHEN has_passed THEN 1 ELSE 0 END) AS passed,
       SUM(CASE WHEN is_excellent THEN 1 ELSE 0 END) AS excellent, SUM(credit) AS credit
FROM (:people) people GROUP BY federation_id
"""


def own_figures_among(plan: Plan, federation_ids: list[int], now: datetime) -> Rows:
    """SQL for the figures of those of the teams that the plan reaches.

    A team with nobody due is absent.
    """
    sql, params = limited_teams_sql(plan, path_range(plan))
    marked = among(federation_ids)
    teams = f"{sql} AND id IN ({marked.sql})"
    return bind(ADD_UP, {"people": judged(plan, teams, [*params, *marked.params], now)})


def own_figures_below(plan: Plan, now: datetime) -> dict[int, Figures]:
    """Figures of every team that the plan reaches, by federation id."""
    return _add_up(judged(plan, *teams_sql(plan), now))


def frozen_figures(plan: Plan) -> dict[int, Figures]:
    """Figures of every team in the plan's frozen roster."""
    return _add_up(frozen(plan, "SELECT id FROM federations_federation", []))


def _add_up(people: Rows) -> dict[int, Figures]:
    found = fetch(bind(ADD_UP, {"people": people}))
    return {team: Figures(*map(int, numbers)) for team, *numbers in found}
