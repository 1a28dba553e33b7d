"""Own-team figures from raw rows: one grouped query, the same on SQLite and PostgreSQL.

The rule is that of learning.rules.results.judge_member; a test holds the two together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils.timezone import localdate

from learning.audience import positions_sql, teams_sql
from learning.domain.standings.figures import Figures
from learning.models import Plan

# The inner query judges each member, the outer one adds up her team. {joined} is the moment that
# makes her a participant, {in_time} the cut-off when the plan has one, {score} the best score until
# then, {teams} which teams, {positions} whom in them when the plan does not ask all.
OWN_FIGURES = """
SELECT team, COUNT(*), SUM(joined), SUM(CASE WHEN done >= %s THEN 1 ELSE 0 END),
       SUM(CASE WHEN scored > 0 THEN 1 ELSE 0 END),
       SUM(CASE WHEN scored > 0 THEN (2 * score_bp + scored) / (2 * scored) ELSE 0 END)
FROM (
    SELECT a.federation_id AS team, a.member_id,
           MAX(CASE WHEN r.{joined} {in_time} THEN 1 ELSE 0 END) AS joined,
           SUM(CASE WHEN i.is_required AND r.completed_at {in_time} THEN 1 ELSE 0 END) AS done,
           COUNT({score}) AS scored, COALESCE(SUM({score}), 0) AS score_bp
    FROM federations_appointment a
    LEFT JOIN learning_planitem i ON i.plan_id = %s
    LEFT JOIN learning_progress r ON r.member_id = a.member_id AND r.page_id = i.page_id
    WHERE a.is_counted AND a.starts_on <= %s AND (a.ends_on IS NULL OR a.ends_on >= %s)
      AND a.federation_id IN ({teams}){positions}
    GROUP BY a.federation_id, a.member_id
) judged
GROUP BY team
"""
SCORE_NOW = "r.best_score_bp"
SCORE_AT_CUTOFF = """(
    SELECT s.score_bp FROM learning_scorestep s
    WHERE s.member_id = r.member_id AND s.page_id = r.page_id AND s.reached_at <= %s
    ORDER BY s.reached_at DESC, s.id DESC LIMIT 1)"""


@dataclass(frozen=True)
class PlanFacts:
    """What judging a member needs to know of a plan."""

    required: int
    # So many required items make her complete; more than there are where nothing is required.
    needed: int
    has_quiz: bool
    # The roster of this day counts.
    as_of: date
    cutoff: datetime | None

    @property
    def joined_column(self) -> str:
        return "handed_in_at" if self.has_quiz else "completed_at"


def facts_of(plan: Plan, now: datetime) -> PlanFacts:
    items = list(plan.items.select_related("page__content_type"))
    required = sum(item.is_required for item in items)
    return PlanFacts(
        required=required,
        needed=required or len(items) + 1,
        has_quiz=any(item.page.specific_class.is_scored for item in items),
        as_of=localdate(min(now, plan.cutoff_at) if plan.cutoff_at else now),
        cutoff=plan.cutoff_at,
    )


def own_figures_of(plan: Plan, federation_ids: list[int], now: datetime) -> dict[int, Figures]:
    """Figures of the given teams, all within the plan's audience, by federation id.

    A team with nobody due is absent.
    """
    if not federation_ids:
        return {}
    teams = ", ".join(["%s"] * len(federation_ids))
    return dict(_judge_teams(plan, teams, federation_ids, now))


def own_figures_below(plan: Plan, now: datetime) -> dict[int, Figures]:
    """Figures of every team that the plan reaches."""
    return dict(_judge_teams(plan, *teams_sql(plan), now))


def _judge_teams(
    plan: Plan, teams: str, team_params: list, now: datetime
) -> Iterator[tuple[int, Figures]]:
    facts = facts_of(plan, now)
    cutoffs = [facts.cutoff] * 4 if facts.cutoff else []
    positions, chosen = positions_sql(plan)
    sql = OWN_FIGURES.format(
        joined=facts.joined_column,
        in_time="<= %s" if cutoffs else "IS NOT NULL",
        score=SCORE_AT_CUTOFF if cutoffs else SCORE_NOW,
        teams=teams,
        positions=positions,
    )
    days = [facts.as_of, facts.as_of]
    params = [facts.needed, *adapt(cutoffs), plan.pk, *days, *team_params, *chosen]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        for team, *numbers in cursor.fetchall():
            yield team, Figures(*(int(number) for number in numbers))


def adapt(moments: list[datetime]) -> list:
    """Moments as the database compares them: text on SQLite, as Django stores it there."""
    return [connection.ops.adapt_datetimefield_value(moment) for moment in moments]
