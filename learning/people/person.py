"""One member in a plan, with her name and what is left for her."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from federations.models import Appointment, Federation, Position
from learning.domain.standings.people import COLUMNS
from learning.models import Plan, PlanKind, Progress
from learning.people.figures import STATES, State
from learning.people.moments import read_moment
from learning.rules.results import in_time
from learning.wording import hours_text
from members.models import Member

NAMES = [*COLUMNS.split(", "), "state"]


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


def name_people(plan: Plan, found: list[tuple]) -> Iterator[Person]:
    """`found`: rows of COLUMNS and the state. A fixed number of queries, however many they are."""
    rows = [dict(zip(NAMES, each, strict=True)) for each in found]
    ids = [row["member_id"] for row in rows]
    members = Member.objects.only("name", "phone").in_bulk(ids)
    teams = Federation.objects.in_bulk({row["federation_id"] for row in rows})
    since = _counted_since(ids)
    left = _what_is_left(plan, [row for row in rows if not row["has_completed"]])
    for row in rows:
        member, team = members[row["member_id"]], teams[row["federation_id"]]
        yield Person(
            member_id=member.pk,
            federation_id=team.pk,
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
            name=member.name,
            masked_phone=member.masked_phone,
            unit=team.title,
            unit_path=team.path,
            since=since.get((member.pk, team.pk)),
            left=left.get(member.pk, ()),
        )


def _counted_since(member_ids: list[int]) -> dict[tuple[int, int], date]:
    """By member and federation."""
    held = Appointment.objects.counted().filter(member__in=member_ids)
    return {
        (member_id, federation_id): starts_on
        for member_id, federation_id, starts_on in held.values_list(
            "member_id", "federation_id", "starts_on"
        )
    }


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
    ids = [row["member_id"] for row in rows]
    required = list(plan.items.filter(is_required=True).select_related("page"))
    finished = Progress.objects.filter(
        member__in=ids, page__in=[item.page_id for item in required]
    ).filter(completed_at__isnull=False)
    moments = finished.values_list("member_id", "page_id", "completed_at")
    done = {(who, page) for who, page, moment in moments if in_time(moment, plan.cutoff_at)}
    return {
        pk: tuple(item.page.title for item in required if (pk, item.page_id) not in done)
        for pk in ids
    }


# A period has no pages: what is left is said in 学时.
LEFT = {PlanKind.PERIOD: _missing_credit}
