"""Who has not begun, who is stuck, who has completed a plan: one federation's team at a time.

Of a frozen plan the lists are what the freeze wrote; of any other they are judged now. Whoever
calls this has asked `federations.scope` whether the team may be seen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.db import connection
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext_lazy as _

from federations.models import Federation, Position
from learning.audience import audience_of
from learning.domain.standings.people import COLUMNS, people_of
from learning.domain.standings.rows import Rows
from learning.models import Plan, Progress
from learning.rules.results import in_time
from members.models import Member

STUCK_AFTER = timedelta(days=7)


class State(StrEnum):
    NOT_STARTED = "not_started"
    GOING = "going"
    STUCK = "stuck"
    COMPLETED = "completed"


STATES = {
    State.NOT_STARTED: _("未开始"),
    State.GOING: _("进行中"),
    State.STUCK: _("卡住"),
    State.COMPLETED: _("已完成"),
}
# Its parameter: the moment before which the last news means that she is stuck.
STATE = """CASE WHEN has_completed THEN 'completed' WHEN active_at IS NULL THEN 'not_started'
    WHEN active_at < %s THEN 'stuck' ELSE 'going' END"""
COUNT = "SELECT state, COUNT(*) FROM (SELECT {state} AS state FROM ({people}) p) s GROUP BY state"
LIST = """
SELECT {columns}, {state} AS state FROM ({people}) p {only}
ORDER BY has_completed, active_at IS NOT NULL, active_at, member_id {window}
"""


@dataclass(frozen=True)
class Person:
    """One member in a plan. `left` names the required pages that she has not finished."""

    member_id: int
    federation_id: int
    position: str
    state: State
    done: int
    score_bp: int | None
    active_at: datetime | None
    name: str = ""
    masked_phone: str = ""
    left: tuple[str, ...] = ()

    @property
    def state_text(self) -> str:
        return str(STATES[self.state])

    @property
    def position_text(self) -> str:
        return str(Position(self.position).label)


def team_of(plan: Plan, federation: Federation, now: datetime) -> Rows | None:
    """The rows of one team; None where the plan does not ask it."""
    asks = audience_of(plan).reaches_team(path=federation.path, level=federation.level)
    # A frozen roster holds teams that may have moved since.
    if not asks and not plan.is_frozen:
        return None
    return people_of(plan, "%s", [federation.pk], now)


def count_states(plan: Plan, rows: Rows | None, now: datetime) -> dict[State, int]:
    if rows is None:
        return dict.fromkeys(State, 0)
    with connection.cursor() as cursor:
        cursor.execute(
            COUNT.format(state=STATE, people=rows.sql), [*_limits(plan, now), *rows.params]
        )
        counted = dict(cursor.fetchall())
    return {state: counted.get(state.value, 0) for state in State}


def list_people(
    plan: Plan,
    rows: Rows | None,
    now: datetime,
    *,
    state: State | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[Person]:
    """Those who need help first: not begun, then longest silent; with names and what is left."""
    if rows is None:
        return []
    limits = _limits(plan, now)
    only, chosen = (f"WHERE {STATE} = %s", [*limits, state.value]) if state else ("", [])
    window, place = ("LIMIT %s OFFSET %s", [limit, offset]) if limit else ("", [])
    sql = LIST.format(columns=COLUMNS, state=STATE, people=rows.sql, only=only, window=window)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*limits, *rows.params, *chosen, *place])
        found = cursor.fetchall()
    return list(_name(plan, found))


def _limits(plan: Plan, now: datetime) -> list:
    """The moment before which nothing new means stuck."""
    end = min(now, plan.cutoff_at) if plan.cutoff_at else now
    return [connection.ops.adapt_datetimefield_value(end - STUCK_AFTER)]


def _name(plan: Plan, found: list[tuple]) -> Iterator[Person]:
    members = Member.objects.only("name", "phone").in_bulk([row[0] for row in found])
    left = _what_is_left(plan, [row[0] for row in found if not row[4]])
    for member_id, federation_id, position, _joined, _completed, *rest in found:
        done, score, active, *_more, state = rest
        yield Person(
            member_id=member_id,
            federation_id=federation_id,
            position=position,
            state=State(state),
            done=done,
            score_bp=score,
            active_at=read_moment(active),
            name=members[member_id].name,
            masked_phone=members[member_id].masked_phone,
            left=left.get(member_id, ()),
        )


def _what_is_left(plan: Plan, member_ids: list[int]) -> dict[int, tuple[str, ...]]:
    required = list(plan.items.filter(is_required=True).select_related("page"))
    rows = Progress.objects.filter(
        member__in=member_ids, page__in=[item.page_id for item in required]
    ).filter(completed_at__isnull=False)
    done = {
        (member_id, page_id)
        for member_id, page_id, moment in rows.values_list("member_id", "page_id", "completed_at")
        if in_time(moment, plan.cutoff_at)
    }
    return {
        pk: tuple(item.page.title for item in required if (pk, item.page_id) not in done)
        for pk in member_ids
    }


def read_moment(value: datetime | str | None) -> datetime | None:
    """SQLite answers a raw query with text, in UTC and without saying so."""
    moment = parse_datetime(value) if isinstance(value, str) else value
    return make_aware(moment, UTC) if moment and is_naive(moment) else moment
