"""Who stands on a team's roster and is not counted in a plan, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federations.models import Appointment
from learning.audience import audience_of
from learning.models import PlanRosterEntry
from learning.people.spot import Spot
from members.prepared import Prepared

# More than a team ever has; the page stays a page.
MOST = 100


@dataclass(frozen=True)
class Uncounted:
    name: str
    position_text: str
    reason: str


def uncounted_at(spot: Spot, now: datetime) -> list[Uncounted]:
    """Of the federation's own team alone: two queries at most.

    Whose term ended before the plan opened is past and left out. Where else somebody is counted
    is not said: it may be a place that the reader does not see.
    """
    plan = spot.plan
    as_of = localdate(min(now, plan.cutoff_at) if plan.cutoff_at else now)
    held = _HELD.instances(federation=spot.federation.pk, since=localdate(plan.opens_at))
    listed = _frozen_members(spot) if plan.is_frozen else None
    found = {}
    for each in held:
        reason = _reason(spot, each, as_of, listed)
        if reason is None:
            # Counted by another appointment here: she is no puzzle.
            found[each.member_id] = None
        else:
            found.setdefault(each.member_id, Uncounted(*_who(each), reason))
    return [each for each in found.values() if each]


def _held(federation: int, since: date) -> QuerySet:
    held = Appointment.objects.filter(federation=federation).exclude(ends_on__lt=since)
    return held.select_related("member").order_by("starts_on", "pk")[:MOST]


_HELD = Prepared(_held, federation=int, since=date)


def _who(held: Appointment) -> tuple[str, str]:
    return held.member.name, str(held.get_position_display())


def _frozen_members(spot: Spot) -> set[int]:
    entries = PlanRosterEntry.objects.filter(plan=spot.plan, federation=spot.federation)
    return set(entries.values_list("member_id", flat=True))


def _reason(spot: Spot, held: Appointment, as_of: date, listed: set[int] | None) -> str | None:
    """The first that applies; None: she is counted."""
    if listed is not None and held.member_id in listed:
        return None
    return next(_reasons(spot, held, as_of, listed), None)


def _reasons(spot: Spot, held: Appointment, as_of: date, listed: set[int] | None) -> Iterator[str]:
    place, audience = spot.federation, audience_of(spot.plan)
    if held.ends_on and held.ends_on < as_of:
        yield _("任期到 %s 为止，统计时已经不在任") % _day(held.ends_on)
    if held.starts_on > as_of:
        yield _("任期从 %s 开始，统计时还没有到任") % _day(held.starts_on)
    if not held.is_counted:
        yield _("这里不是她的计入单位；一个人只在一个单位计一次")
    if not audience.reaches_team(path=place.path, level=place.level):
        yield _("这个任务不要求这支队伍")
    if audience.positions and held.position not in audience.positions:
        yield _("这个任务只要求：%s") % "、".join(spot.plan.positions)
    if listed is not None:
        yield _("名单冻结以后才登记到这里")


def _day(day: date) -> str:
    return date_format(day, "Y年n月j日")
