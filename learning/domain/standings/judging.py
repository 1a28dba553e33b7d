"""What each member has reached, in SQL that is the same on SQLite and PostgreSQL.

The rules are those of learning.rules.results; a test holds the two together. Both databases leave
out the columns that nobody asks for, so what only lists need costs a sum nothing.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.timezone import localdate

from learning.audience import positions_sql
from learning.domain.standings.facts import PlanFacts
from learning.domain.standings.rows import Rows, bind
from learning.models import Plan, PlanKind
from learning.rules.results import EXCELLENT_BP

# `due` is read twice; both times only the asked teams' members are looked up.
JUDGED = """
WITH due AS NOT MATERIALIZED (
    SELECT a.member_id, a.federation_id, a.position
    FROM federations_appointment a
    WHERE a.is_counted AND a.starts_on <= :as_of AND (a.ends_on IS NULL OR a.ends_on >= :as_of)
      AND a.federation_id IN (:teams):positions
), reached AS (
    SELECT due.member_id, due.federation_id, due.position, :reached
    GROUP BY due.member_id, due.federation_id, due.position
), earned AS (
    SELECT l.member_id, SUM(l.credit) AS credit,
           MAX(CASE WHEN l.credit > 0 THEN l.occurred_at END) AS last_credit_at
    FROM learning_ledgerentry l
    WHERE :entries AND l.member_id IN (SELECT due.member_id FROM due)
    GROUP BY l.member_id
), judged AS (
    SELECT reached.*, COALESCE(earned.credit, 0) AS credit,
           CASE WHEN scored > 0 THEN (2 * score_sum + scored) / (2 * scored) END AS score_bp,
           :completed AS has_completed, :completed_at AS last_done_at,
           joined_at IS NOT NULL AND to_pass > 0 AND passed >= to_pass AS has_passed
    FROM reached LEFT JOIN earned ON earned.member_id = reached.member_id
)
SELECT member_id, federation_id, position, joined_at IS NOT NULL AS has_joined, has_completed,
       done, score_bp, active_at, has_passed,
       has_passed AND COALESCE(score_bp, 0) >= :excellent AS is_excellent, credit, joined_at,
       CASE WHEN has_completed THEN last_done_at END AS completed_at,
       CASE WHEN has_passed THEN last_pass_at END AS passed_at
FROM judged
"""
BY_ITEMS = {
    "reached": """
           MIN(CASE WHEN :joined :in_time THEN :joined END) AS joined_at,
           SUM(CASE WHEN i.is_required AND r.completed_at :in_time THEN 1 ELSE 0 END) AS done,
           MAX(CASE WHEN i.is_required AND r.completed_at :in_time THEN r.completed_at END)
               AS done_at,
           :to_pass AS to_pass,
           SUM(CASE WHEN r.passed_at :in_time AND r.page_id IN (:quizzes) THEN 1 ELSE 0 END)
               AS passed,
           MAX(CASE WHEN r.passed_at :in_time AND r.page_id IN (:quizzes) THEN r.passed_at END)
               AS last_pass_at,
           COUNT(:score) AS scored, COALESCE(SUM(:score), 0) AS score_sum,
           MAX(CASE WHEN r.completed_at :in_time THEN r.completed_at
                    WHEN r.started_at :in_time THEN r.started_at END) AS active_at
    FROM due
    LEFT JOIN learning_progress r ON r.member_id = due.member_id AND r.page_id IN (:pages)
    LEFT JOIN learning_planitem i ON i.plan_id = :plan AND i.page_id = r.page_id""",
    "entries": "l.page_id IN (:pages) AND l.occurred_at :in_time",
    "completed": "done >= :needed",
    "completed_at": "done_at",
}
BY_WINDOW = {
    "reached": """
           MIN(CASE WHEN r.completed_at :within THEN r.completed_at
                    WHEN r.handed_in_at :within THEN r.handed_in_at END) AS joined_at,
           SUM(CASE WHEN r.completed_at :within THEN 1 ELSE 0 END) AS done,
           SUM(CASE WHEN r.handed_in_at :within THEN 1 ELSE 0 END) AS to_pass,
           SUM(CASE WHEN r.handed_in_at :within AND r.passed_at <= :cutoff THEN 1 ELSE 0 END)
               AS passed,
           MAX(CASE WHEN r.handed_in_at :within AND r.passed_at <= :cutoff THEN r.passed_at END)
               AS last_pass_at,
           COUNT(CASE WHEN r.handed_in_at :within THEN :score END) AS scored,
           COALESCE(SUM(CASE WHEN r.handed_in_at :within THEN :score END), 0) AS score_sum,
           MAX(CASE WHEN r.completed_at :within THEN r.completed_at
                    WHEN r.handed_in_at :within THEN r.handed_in_at
                    ELSE r.started_at END) AS active_at
    FROM due
    LEFT JOIN learning_progress r ON r.member_id = due.member_id
          AND (r.completed_at :within OR r.handed_in_at :within OR r.started_at :within)""",
    "entries": "l.day BETWEEN :first_day AND :last_day",
    "completed": "COALESCE(earned.credit, 0) >= :target",
    "completed_at": "earned.last_credit_at",
}
SCORE_NOW = "r.best_score_bp"
SCORE_AT_CUTOFF = """(
    SELECT s.score_bp FROM learning_scorestep s
    WHERE s.member_id = r.member_id AND s.page_id = r.page_id AND s.reached_at <= :cutoff
    ORDER BY s.reached_at DESC, s.id DESC LIMIT 1)"""


def judge(plan: Plan, facts: PlanFacts, teams: Rows) -> Rows:
    """Everybody due in the given teams, all within the plan's audience."""
    pieces = {
        "as_of": facts.as_of,
        "teams": teams,
        "positions": Rows(*positions_sql(plan)),
        "excellent": EXCELLENT_BP,
    }
    return bind(JUDGED, pieces | JUDGES[plan.kind](plan, facts))


def _by_items(plan: Plan, facts: PlanFacts) -> dict[str, Rows]:
    """What was done with the plan's pages, until its cut-off if it has one."""
    # No page has the id 0.
    values = {
        "plan": plan.pk,
        "pages": [item.page_id for item in facts.items] or [0],
        "quizzes": facts.quizzes or [0],
        "to_pass": Rows(str(len(facts.quizzes))),
        "joined": Rows(f"r.{facts.joined_column}"),
        "in_time": in_time_sql(facts.cutoff),
        "score": _score(facts),
        "needed": facts.needed,
    }
    return _bind_all(BY_ITEMS, values)


def in_time_sql(cutoff: datetime | None) -> Rows:
    """What a moment of a plan's pages must be to count: as learning.rules.results.in_time."""
    return bind("<= :cutoff", {"cutoff": cutoff}) if cutoff else Rows("IS NOT NULL")


def _by_window(plan: Plan, facts: PlanFacts) -> dict[str, Rows]:
    """What was done with any page from the opening until the cut-off."""
    window = {"opens": plan.opens_at, "cutoff": plan.cutoff_at}
    values = {
        "within": bind("BETWEEN :opens AND :cutoff", window),
        "cutoff": plan.cutoff_at,
        "score": _score(facts),
        "first_day": localdate(plan.opens_at),
        "last_day": localdate(plan.cutoff_at),
        "target": plan.credit_target or 0,
    }
    return _bind_all(BY_WINDOW, values)


def _score(facts: PlanFacts) -> Rows:
    return bind(SCORE_AT_CUTOFF if facts.has_closed else SCORE_NOW, {"cutoff": facts.cutoff})


def _bind_all(pieces: Mapping[str, str], values: Mapping) -> dict[str, Rows]:
    return {name: bind(sql, values) for name, sql in pieces.items()}


JUDGES: dict[str, Callable[[Plan, PlanFacts], dict[str, Rows]]] = {
    PlanKind.TASK: _by_items,
    PlanKind.QUIZ: _by_items,
    PlanKind.PERIOD: _by_window,
}
