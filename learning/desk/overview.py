"""总览: today, the weeks before, who lags and what is due at a place, one clear step first."""

from datetime import datetime, timedelta

from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from federations.desk.access import MANAGERS, Desk, desk_view
from federations.models import Federation
from learning.boards import SORTS
from learning.desk.figures import (
    Cell,
    choose_leading,
    describe_day,
    describe_task,
    describe_weeks,
    list_address,
    read_cells,
)
from learning.desk.units import unit_counts
from learning.domain.standings.figures import Figures
from learning.models import Plan
from learning.people import Spot
from learning.today import FACTS, count_in

MOST_LAGGING = 5


@require_safe
@desk_view()
def overview(request):
    desk, now = request.desk, timezone.now()
    tasks, weeks = read_cells(desk, now)
    today = localdate(now)
    leading = choose_leading(tasks)
    facts = {
        "today": today,
        "figures": describe_day(desk, weeks, now),
        "tasks": [describe_task(desk, cell, now) for cell in tasks],
        "weeks": describe_weeks(desk, weeks, now),
        "lagging": describe_lagging(desk, leading) if leading else None,
        "ending": describe_ending(desk, today),
        "coming": describe_coming(desk, tasks, now),
        "step": describe_step(desk, leading, now),
    }
    return render(request, "pages/desk/overview/overview.html", facts)


def describe_step(desk: Desk, leading: Cell | None, now: datetime) -> dict | None:
    """The next thing to do; None where nobody is missing anywhere."""
    if leading is None:
        return None
    plan = leading.plan
    may_remind = desk.may(MANAGERS)
    return {
        "title": plan.title,
        "count": leading.missing,
        "list_url": list_address(desk, plan, "unfinished"),
        "remind_url": desk.address("desk_reminders", plan=plan.pk) if may_remind else None,
    }


def describe_lagging(desk: Desk, leading: Cell) -> dict:
    """The units below with the lowest rate in the leading task, and those where nobody began."""
    units = list(unit_counts(Spot(leading.plan, desk.place, "subtree")))
    rows = [
        _unit(desk, leading.plan, place, Figures.read(cell, "subtree")) for place, cell in units
    ]
    behind = [row for row in rows if row["missing"] and row["joined"]]
    behind.sort(key=lambda row: row["tenths"])
    return {
        "title": leading.plan.title,
        "lowest": behind[:MOST_LAGGING],
        "silent": [row for row in rows if not row["joined"]],
        "has_units": bool(units),
    }


def _unit(desk: Desk, plan: Plan, place: Federation, counts: Figures) -> dict:
    tenths = SORTS["completed"].of(counts)
    return {
        "name": place.name,
        "tenths": tenths,
        "text": SORTS["completed"].text(tenths),
        "value": (tenths or 0) / 10,
        "joined": counts.joined,
        "due": counts.due,
        "missing": counts.due - counts.completed,
        "url": list_address(desk, plan, "unfinished", place=place),
    }


def describe_ending(desk: Desk, today) -> dict:
    fact = FACTS["ending"]
    return {
        "label": fact.label,
        "count": count_in("ending", desk.place, today),
        "url": desk.address("desk_today", "ending"),
    }


def describe_coming(desk: Desk, tasks: list[Cell], now: datetime) -> list[dict]:
    """Cut-offs, and reminders that the clock will send, in the order of their days."""
    lines = []
    for cell in tasks:
        plan = cell.plan
        if plan.cutoff_at is None:
            continue
        url = list_address(desk, plan, "unfinished")
        lines.append((plan.cutoff_at, _("“%s”截止") % plan.title, url))
        if (moment := automatic_reminder(plan, now)) is not None:
            said = _("自动提醒“%s”没完成的人") % plan.title
            lines.append((moment, said, url))
    lines.sort(key=lambda line: line[0])
    return [
        {"when": date_format(localtime(at), "n月j日 H:i"), "text": text, "url": url}
        for at, text, url in lines
    ]


def automatic_reminder(plan: Plan, now: datetime) -> datetime | None:
    """When the clock reminds, if it still will."""
    if not plan.reminds_before or plan.is_paused or plan.reminded_for == plan.cutoff_at:
        return None
    return max(now, plan.cutoff_at - timedelta(days=plan.reminds_before))
