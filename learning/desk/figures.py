"""What the overview shows of a place: every number comes with the list behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, FilteredRelation, Q
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from federations.desk.access import Desk
from learning.boards import SORTS
from learning.desk.plans import MOST, reaching, seen_boards
from learning.domain.standings.figures import NAMES, Figures
from learning.models import Plan, PlanKind, Span
from learning.rules.figures import missing_to_target
from learning.target import describe_target
from learning.today import FACTS, count_in

WEEKS = 12


@dataclass(frozen=True)
class Cell:
    """A plan with the place's counts in it."""

    plan: Plan
    counts: Figures

    @property
    def missing(self) -> int:
        return self.counts.due - self.counts.completed

    def rate(self, key: str) -> int | None:
        return SORTS[key].of(self.counts)


def read_cells(desk: Desk, now: datetime) -> tuple[list[Cell], list[Cell]]:
    """Running tasks by cut-off, and week periods, the last one first: one query."""
    place = desk.place
    is_task = Q(kind=PlanKind.TASK, opens_at__lte=now, frozen_at=None) & (
        Q(cutoff_at=None) | Q(cutoff_at__gte=now)
    )
    since = now - timedelta(weeks=WEEKS)
    is_week = Q(kind=PlanKind.PERIOD, span=Span.WEEK, opens_at__lte=now, opens_at__gt=since)
    found = seen_boards(desk.member).filter(reaching(place)).filter(is_task | is_week)
    found = found.annotate(
        cell=FilteredRelation("standings", condition=Q(standings__federation=place)),
        **{f"at_{name}": F(f"cell__subtree_{name}") for name in NAMES},
    )
    cells = [_cell(plan) for plan in found.order_by(F("cutoff_at").asc(nulls_last=True), "pk")]
    tasks = [cell for cell in cells if cell.plan.kind == PlanKind.TASK]
    weeks = [cell for cell in cells if cell.plan.kind == PlanKind.PERIOD]
    return tasks[:MOST], sorted(weeks, key=lambda cell: cell.plan.opens_at, reverse=True)


def _cell(plan: Plan) -> Cell:
    return Cell(plan, Figures(*(getattr(plan, f"at_{name}") or 0 for name in NAMES)))


def describe_day(desk: Desk, weeks: list[Cell], now: datetime) -> list[dict]:
    """Today's numbers; who is due and who learned this week come from the running week."""
    running = weeks[:1] if weeks and not weeks[0].plan.has_closed(now) else []
    figures = [_week_figure(desk, week, key) for week in running for key in ("due", "joined")]
    figures += [
        {
            "label": FACTS[key].label,
            "count": count_in(key, desk.place, localdate(now)),
            "url": desk.address("desk_today", key),
        }
        for key in ("learned", "handed_in")
    ]
    return figures


def _week_figure(desk: Desk, week: Cell, key: str) -> dict:
    labels = {"due": _("应参执委"), "joined": _("本周学习的人")}
    return {
        "label": labels[key],
        "count": getattr(week.counts, key),
        "url": list_address(desk, week.plan, key),
    }


def list_address(desk: Desk, plan: Plan, figure: str, place=None) -> str:
    return desk.address("desk_people", place=place, plan=plan.pk, view="subtree", figure=figure)


def describe_task(desk: Desk, cell: Cell, now: datetime) -> dict:
    plan, counts = cell.plan, cell.counts
    return {
        "title": plan.title,
        "due_text": days_left_text(plan, now),
        "is_paused": plan.is_paused,
        "rates": [
            {
                "label": SORTS[key].label,
                "text": SORTS[key].text(cell.rate(key)),
                "value": (cell.rate(key) or 0) / 10,
                "part": getattr(counts, key),
                "due": counts.due,
                "url": list_address(desk, plan, key),
            }
            for key in ("completed", "joined")
        ],
        "due": counts.due,
        "due_url": list_address(desk, plan, "due"),
        "missing": cell.missing,
        "missing_url": list_address(desk, plan, "unfinished"),
        "target": describe_target(plan, counts.completed, counts.due),
        "board_url": board_address(desk, plan),
    }


def board_address(desk: Desk, plan: Plan) -> str:
    return desk.address("learning:board", plan=plan.pk)


def days_left_text(plan: Plan, now: datetime) -> str:
    if plan.cutoff_at is None:
        return _("长期开放")
    days = (localdate(plan.cutoff_at) - localdate(now)).days
    when = date_format(localtime(plan.cutoff_at), "n月j日 H:i")
    if days == 0:
        return _("今天 %s 截止") % date_format(localtime(plan.cutoff_at), "H:i")
    left = ngettext("还有 %d 天", "还有 %d 天", days) % days
    return _("%(left)s，%(when)s 截止") % {"left": left, "when": when}


def describe_weeks(desk: Desk, weeks: list[Cell], now: datetime) -> list[dict]:
    """The trend, the newest first."""
    return [
        {
            "title": _("%(first)s—%(last)s") % _ends(cell.plan),
            "is_running": not cell.plan.has_closed(now),
            "joined": cell.counts.joined,
            "due": cell.counts.due,
            "text": SORTS["joined"].text(cell.rate("joined")),
            "value": (cell.rate("joined") or 0) / 10,
            "url": list_address(desk, cell.plan, "joined"),
        }
        for cell in weeks
    ]


def _ends(plan: Plan) -> dict[str, str]:
    days = [localtime(plan.opens_at), localtime(plan.cutoff_at)]
    return dict(zip(("first", "last"), (date_format(each, "n月j日") for each in days), strict=True))


def choose_leading(tasks: Iterable[Cell]) -> Cell | None:
    """The task that asks for action first: the next to close with somebody missing."""
    open_ones = [cell for cell in tasks if cell.missing and not cell.plan.is_paused]
    return open_ones[0] if open_ones else None


def is_behind(cell: Cell) -> bool:
    """Whether it is short of its target; without a target, whether anybody is missing."""
    plan, counts = cell.plan, cell.counts
    if not plan.target_rate:
        return bool(cell.missing)
    return bool(missing_to_target(counts.completed, counts.due, plan.target_rate))
