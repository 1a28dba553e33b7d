"""The people of a plan one by one: who is due, and what each has reached.

They feed the frozen roster, the lists of the staff pages and the reminders; own.py adds them up.
"""

from datetime import datetime

from learning.domain.standings.facts import facts_of
from learning.domain.standings.judging import judge
from learning.domain.standings.rows import Rows, bind
from learning.models import Plan

# The moments: when she became a participant, when the last of what is required was finished, when
# she had passed everything; null where that has not come.
COLUMNS = (
    "member_id, federation_id, position, has_joined, has_completed, done, score_bp, active_at, "
    "has_passed, is_excellent, credit, joined_at, completed_at, passed_at"
)
FROZEN = f"""
SELECT {COLUMNS}
FROM learning_planrosterentry
WHERE plan_id = :plan AND federation_id IN (:teams)
"""  # noqa: S608 our own names


def judged(plan: Plan, teams: str, team_params: list, now: datetime) -> Rows:
    """Everybody due in the given teams, all within the plan's audience, judged now."""
    return judge(plan, facts_of(plan, now), Rows(teams, team_params))


def frozen(plan: Plan, teams: str, team_params: list) -> Rows:
    """The same of a frozen plan, as the freeze left it."""
    return bind(FROZEN, {"plan": plan.pk, "teams": Rows(teams, team_params)})


def people_of(plan: Plan, teams: str, team_params: list, now: datetime) -> Rows:
    """SQL that yields COLUMNS."""
    if plan.is_frozen:
        return frozen(plan, teams, team_params)
    return judged(plan, teams, team_params, now)
