"""One member in a plan, with her name and what is left for her."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from federations.models import Federation, Position
from learning.domain.standings.judging import in_time_sql
from learning.domain.standings.people import COLUMNS
from learning.domain.standings.rows import among, bind, fetch
from learning.models import Plan, PlanKind
from learning.people.figures import STATES, State
from learning.people.moments import read_day, read_moment
from learning.wording import hours_text
from members.encryption import read_phone
from members.phones import mask_phone

NAMES = [*COLUMNS.split(", "), "state", "unit_name", "unit_path", "name", "phone", "since"]
UNFINISHED = """
WITH asked(id) AS (:people)
SELECT asked.id, page.title FROM asked
JOIN learning_planitem i ON i.plan_id = :plan AND i.is_required
JOIN wagtailcore_page page ON page.id = i.page_id
WHERE NOT EXISTS (
    SELECT 1 FROM learning_progress r
    WHERE r.member_id = asked.id AND r.page_id = i.page_id AND r.completed_at :in_time)
ORDER BY i.sort_order, i.id
"""


@dataclass(frozen=True)
class Person:
    """`left` names the required pages that she has not finished; scores in basis points, `credit`
    in hundredths of a 学时 (earned with the plan's pages, in a period: altogether).

    since  the first day of the appointment by which she is counted here; None where she has
           moved since the roster was frozen
    """

    member_id: int
    federation_id: int
    position: str
    state: State
    done: int
    score_bp: int | None
    active_at: datetime | None
    has_joined: bool = False
    has_completed: bool = False
    has_passed: bool = False
    is_excellent: bool = False
    credit: int = 0
    joined_at: datetime | None = None
    completed_at: datetime | None = None
    passed_at: datetime | None = None
    name: str = ""
    masked_phone: str = ""
    unit: str = ""
    unit_path: str = ""
    since: date | None = None
    left: tuple[str, ...] = ()

    @property
    def state_text(self) -> str:
        return str(STATES[self.state])

    @property
    def position_text(self) -> str:
        return str(Position(self.position).label)

    @property
    def credit_text(self) -> str:
        return hours_text(self.credit)

    @property
    def score_text(self) -> str:
        return "" if self.score_bp is None else f"{self.score_bp / 100:.1f}".removesuffix(".0")


def read_people(plan: Plan, found: list[tuple]) -> list[Person]:
    """`found`: rows of NAMES. One query more, however many they are."""
    rows = [dict(zip(NAMES, each, strict=True)) for each in found]
    left = _what_is_left(plan, [row for row in rows if not row["has_completed"]])
    units = {row["unit_name"]: Federation(name=row["unit_name"]).title for row in rows}
    return [_person(row, units, left) for row in rows]


def _person(row: dict, units: dict[str, str], left: dict[int, tuple[str, ...]]) -> Person:
    return Person(
        member_id=row["member_id"],
        federation_id=row["federation_id"],
        position=row["position"],
        state=State(row["state"]),
        done=row["done"],
        score_bp=row["score_bp"],
        active_at=read_moment(row["active_at"]),
        has_joined=bool(row["has_joined"]),
        has_completed=bool(row["has_completed"]),
        has_passed=bool(row["has_passed"]),
        is_excellent=bool(row["is_excellent"]),
        credit=row["credit"],
        joined_at=read_moment(row["joined_at"]),
        completed_at=read_moment(row["completed_at"]),
        passed_at=read_moment(row["passed_at"]),
        name=row["name"],
        masked_phone=mask_phone(read_phone(row["phone"])) if row["phone"] else "",
        unit=units[row["unit_name"]],
        unit_path=row["unit_path"],
        since=read_day(row["since"]),
        left=left.get(row["member_id"], ()),
    )


def _what_is_left(plan: Plan, rows: list[dict]) -> dict[int, tuple[str, ...]]:
    return LEFT.get(plan.kind, _unfinished_pages)(plan, rows)


def _missing_credit(plan: Plan, rows: list[dict]) -> dict[int, tuple[str, ...]]:
    target = plan.credit_target or 0
    return {
        row["member_id"]: (_("%s 学时") % hours_text(target - row["credit"]),)
        for row in rows
        if row["credit"] < target
    }


def _unfinished_pages(plan: Plan, rows: list[dict]) -> dict[int, tuple[str, ...]]:
    if not rows:
        return {}
    people = among([row["member_id"] for row in rows])
    values = {"people": people, "plan": plan.pk, "in_time": in_time_sql(plan.cutoff_at)}
    titles = defaultdict(list)
    for member_id, title in fetch(bind(UNFINISHED, values)):
        titles[member_id].append(title)
    return {pk: tuple(found) for pk, found in titles.items()}


# A period has no pages: what is left is said in 学时.
LEFT = {PlanKind.PERIOD: _missing_credit}
