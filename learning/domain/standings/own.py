"""Own-team figures from raw rows: one grouped query, the same on SQLite and PostgreSQL.

The rule is that of learning.rules.results.judge_member; a test holds the two together.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection
from django.utils.timezone import localdate

from federations.models.federation import subtree_range
from learning.domain.standings.figures import Figures
from learning.models import Plan

# The inner query judges each member, the outer one adds up her team. {joined} is the moment that
# makes her a participant, {in_time} the cut-off when the plan has one, {score} the best score until
# then, {teams} which teams.
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
      AND a.federation_id IN ({teams})
    GROUP BY a.federation_id, a.member_id
) judged
GROUP BY team
"""
SCORE_NOW = "r.best_score_bp"
SCORE_AT_CUTOFF = """(
    SELECT s.score_bp FROM learning_scorestep s
    WHERE s.member_id = r.member_id AND s.page_id = r.page_id AND s.reached_at <= %s
    ORDER BY s.reached_at DESC, s.id DESC LIMIT 1)"""
TEAMS_BELOW = "SELECT id FROM federations_federation WHERE path BETWEEN %s AND %s"


def own_figures_of(plan: Plan, federation_ids: list[int], now: datetime) -> dict[int, Figures]:
    """Figures of the given teams, by federation id; a team with nobody due is absent."""
    if not federation_ids:
        return {}
    teams = ", ".join(["%s"] * len(federation_ids))
    return dict(_judge_teams(plan, teams, federation_ids, now))


def own_figures_below(plan: Plan, now: datetime) -> dict[int, Figures]:
    """Figures of every team that the plan reaches."""
    return dict(_judge_teams(plan, TEAMS_BELOW, list(subtree_range(plan.federation.path)), now))


def _judge_teams(
    plan: Plan, teams: str, team_params: list, now: datetime
) -> Iterator[tuple[int, Figures]]:
    items = list(plan.items.select_related("page__content_type"))
    required = sum(item.is_required for item in items)
    # A plan that requires nothing is completed by nobody.
    needed = required or len(items) + 1
    has_quiz = any(item.page.specific_class.is_scored for item in items)
    as_of = localdate(min(now, plan.cutoff_at) if plan.cutoff_at else now)
    cutoffs = [plan.cutoff_at] * 4 if plan.cutoff_at else []
    sql = OWN_FIGURES.format(
        joined="handed_in_at" if has_quiz else "completed_at",
        in_time="<= %s" if cutoffs else "IS NOT NULL",
        score=SCORE_AT_CUTOFF if cutoffs else SCORE_NOW,
        teams=teams,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [needed, *_adapt(cutoffs), plan.pk, as_of, as_of, *team_params])
        for team, *numbers in cursor.fetchall():
            yield team, Figures(*(int(number) for number in numbers))


def _adapt(moments: list[datetime]) -> list:
    """Moments as the database compares them: text on SQLite, as Django stores it there."""
    return [connection.ops.adapt_datetimefield_value(moment) for moment in moments]
