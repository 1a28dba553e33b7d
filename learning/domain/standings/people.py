"""The people of a plan one by one: who is due, and what each has reached.

`JUDGED` says of one member what own.py adds up of a team. It feeds the frozen roster, the lists of
the staff pages and the reminders. The rule is that of learning.rules.results.judge_member.
"""

from dataclasses import dataclass
from datetime import datetime

from learning.audience import positions_sql
from learning.domain.standings.own import SCORE_AT_CUTOFF, SCORE_NOW, adapt, facts_of
from learning.models import Plan

JUDGED = """
SELECT member_id, federation_id, position, joined > 0 AS has_joined, done >= %s AS has_completed,
       done, CASE WHEN scored > 0 THEN (2 * score_bp + scored) / (2 * scored) END AS score_bp,
       active_at
FROM (
    SELECT a.member_id, a.federation_id, a.position,
           MAX(CASE WHEN r.{joined} {in_time} THEN 1 ELSE 0 END) AS joined,
           SUM(CASE WHEN i.is_required AND r.completed_at {in_time} THEN 1 ELSE 0 END) AS done,
           COUNT({score}) AS scored, COALESCE(SUM({score}), 0) AS score_bp,
           MAX(CASE WHEN r.completed_at {in_time} THEN r.completed_at
                    WHEN r.started_at {in_time} THEN r.started_at END) AS active_at
    FROM federations_appointment a
    LEFT JOIN learning_planitem i ON i.plan_id = %s
    LEFT JOIN learning_progress r ON r.member_id = a.member_id AND r.page_id = i.page_id
    WHERE a.is_counted AND a.starts_on <= %s AND (a.ends_on IS NULL OR a.ends_on >= %s)
      AND a.federation_id IN ({teams}){positions}
    GROUP BY a.federation_id, a.member_id, a.position
) reached
"""
FROZEN = """
SELECT member_id, federation_id, position, has_joined, has_completed, done, score_bp, active_at
FROM learning_planrosterentry
WHERE plan_id = %s AND federation_id IN ({teams})
"""
COLUMNS = "member_id, federation_id, position, has_joined, has_completed, done, score_bp, active_at"


@dataclass(frozen=True)
class Rows:
    """SQL that yields COLUMNS, with its parameters."""

    sql: str
    params: list


def judged(plan: Plan, teams: str, team_params: list, now: datetime) -> Rows:
    """Everybody due in the given teams, all within the plan's audience, judged now."""
    facts = facts_of(plan, now)
    cutoffs = [facts.cutoff] * 6 if facts.cutoff else []
    positions, chosen = positions_sql(plan)
    sql = JUDGED.format(
        joined=facts.joined_column,
        in_time="<= %s" if cutoffs else "IS NOT NULL",
        score=SCORE_AT_CUTOFF if cutoffs else SCORE_NOW,
        teams=teams,
        positions=positions,
    )
    days = [facts.as_of, facts.as_of]
    params = [facts.needed, *adapt(cutoffs), plan.pk, *days, *team_params, *chosen]
    return Rows(sql, params)


def frozen(plan: Plan, teams: str, team_params: list) -> Rows:
    """The same of a frozen plan, as the freeze left it."""
    return Rows(FROZEN.format(teams=teams), [plan.pk, *team_params])


def people_of(plan: Plan, teams: str, team_params: list, now: datetime) -> Rows:
    if plan.is_frozen:
        return frozen(plan, teams, team_params)
    return judged(plan, teams, team_params, now)
