"""What each member has reached, in SQL that is the same on SQLite and PostgreSQL.

The rule is that of learning.rules.results.judge_member; a test holds the two together. Both
databases leave out the columns that nobody asks for, so what only lists need costs a sum nothing.
"""

from learning.audience import positions_sql
from learning.domain.standings.facts import PlanFacts
from learning.domain.standings.rows import Rows, bind
from learning.models import Plan
from learning.rules.results import EXCELLENT_BP

# `due` is read twice; both times only the asked teams' members are looked up.
JUDGED = """
WITH due AS NOT MATERIALIZED (
    SELECT a.member_id, a.federation_id, a.position
    FROM federations_appointment a
    WHERE a.is_counted AND a.starts_on <= :as_of AND (a.ends_on IS NULL OR a.ends_on >= :as_of)
      AND a.federation_id IN (:teams):positions
), reached AS (:reached
    GROUP BY due.member_id, due.federation_id, due.position
), earned AS (:earned
    GROUP BY l.member_id
), judged AS (
    SELECT reached.*, COALESCE(earned.credit, 0) AS credit,
           CASE WHEN scored > 0 THEN (2 * score_sum + scored) / (2 * scored) END AS score_bp,
           done >= :needed AS has_completed,
           joined_at IS NOT NULL AND passed >= :passes AS has_passed
    FROM reached LEFT JOIN earned ON earned.member_id = reached.member_id
)
SELECT member_id, federation_id, position, joined_at IS NOT NULL AS has_joined, has_completed,
       done, score_bp, active_at, has_passed,
       has_passed AND COALESCE(score_bp, 0) >= :excellent AS is_excellent, credit, joined_at,
       CASE WHEN has_completed THEN done_at END AS completed_at,
       CASE WHEN has_passed THEN last_pass_at END AS passed_at
FROM judged
"""
REACHED = """
    SELECT due.member_id, due.federation_id, due.position,
           MIN(CASE WHEN :joined :in_time THEN :joined END) AS joined_at,
           SUM(CASE WHEN i.is_required AND r.completed_at :in_time THEN 1 ELSE 0 END) AS done,
           MAX(CASE WHEN i.is_required AND r.completed_at :in_time THEN r.completed_at END)
               AS done_at,
           SUM(CASE WHEN r.passed_at :in_time AND r.page_id IN (:quizzes) THEN 1 ELSE 0 END)
               AS passed,
           MAX(CASE WHEN r.passed_at :in_time AND r.page_id IN (:quizzes) THEN r.passed_at END)
               AS last_pass_at,
           COUNT(:score) AS scored, COALESCE(SUM(:score), 0) AS score_sum,
           MAX(CASE WHEN r.completed_at :in_time THEN r.completed_at
                    WHEN r.started_at :in_time THEN r.started_at END) AS active_at
    FROM due
    LEFT JOIN learning_planitem i ON i.plan_id = :plan
    LEFT JOIN learning_progress r ON r.member_id = due.member_id AND r.page_id = i.page_id"""
EARNED = """
    SELECT l.member_id, SUM(l.credit) AS credit
    FROM learning_ledgerentry l
    WHERE l.page_id IN (:pages) AND l.occurred_at :in_time
      AND l.member_id IN (SELECT due.member_id FROM due)"""
SCORE_NOW = "r.best_score_bp"
SCORE_AT_CUTOFF = """(
    SELECT s.score_bp FROM learning_scorestep s
    WHERE s.member_id = r.member_id AND s.page_id = r.page_id AND s.reached_at <= :cutoff
    ORDER BY s.reached_at DESC, s.id DESC LIMIT 1)"""


def judge(plan: Plan, facts: PlanFacts, teams: Rows) -> Rows:
    """Everybody due in the given teams, all within the plan's audience."""
    cutoff = {"cutoff": facts.cutoff}
    in_time = bind("<= :cutoff", cutoff) if facts.cutoff else Rows("IS NOT NULL")
    # No page has the id 0.
    values = {
        "plan": plan.pk,
        "pages": [item.page_id for item in facts.items] or [0],
        "quizzes": facts.quizzes or [0],
        "joined": Rows(f"r.{facts.joined_column}"),
        "in_time": in_time,
        "score": bind(SCORE_AT_CUTOFF if facts.has_closed else SCORE_NOW, cutoff),
    }
    return bind(
        JUDGED,
        {
            "as_of": facts.as_of,
            "teams": teams,
            "positions": Rows(*positions_sql(plan)),
            "reached": bind(REACHED, values),
            "earned": bind(EARNED, values),
            "excellent": EXCELLENT_BP,
            "needed": facts.needed,
            "passes": len(facts.quizzes) or 1,
        },
    )
