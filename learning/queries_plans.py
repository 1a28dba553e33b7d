"""Plans as their members see them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from federations import scope
from federations.models import Federation
from federations.models.federation import subtree_range
from federations.queries import counted_appointment
from learning.audience import plans_reaching
from learning.minutes import page_minutes
from learning.models import Plan, PlanItem, PlanRosterEntry, Progress, Reach
from learning.rules.results import in_time

NOWHERE = Q(pk__in=[])


@dataclass(frozen=True)
class PlanCard:
    """`done` of `total` required items; a closed plan counts those until its cut-off."""

    title: str
    url: str
    done: int
    total: int
    due_text: str
    minutes: int = 0
    electives: int = 0
    electives_done: int = 0
    is_paused: bool = False
    is_closed: bool = False

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_done(self) -> bool:
        return bool(self.total) and self.done >= self.total

    @property
    def left_text(self) -> str:
        left = self.total - self.done
        if self.is_closed:
            return _("已完成") if self.is_done else _("截止时还差 %d 项") % left
        return ngettext("还有 %d 项", "还有 %d 项", left) % left if left else _("全部完成")

    @property
    def minutes_text(self) -> str:
        return minutes_text(self.minutes) if self.total > self.done else ""


def minutes_text(minutes: int) -> str:
    """还要约 25 分钟; 还要约 2 小时; empty when nobody knows."""
    if not minutes:
        return ""
    if minutes < 90:
        return _("还要约 %d 分钟") % minutes
    return _("还要约 %d 小时") % round(minutes / 60)


def plans_for(member):
    """Plans that concern the member: she is, or was, due in them, or they are in her staff scope.

    Staff see the plans of federations above theirs too, as far as these reach down to them.
    """
    if member.is_superuser:
        return Plan.objects.select_related("federation")
    concern = due_plans(member) | in_staff_scope(member)
    # Her place in a closed plan stays when she moves.
    entries = PlanRosterEntry.objects.filter(plan=OuterRef("pk"), member=member)
    return Plan.objects.filter(concern | Exists(entries)).select_related("federation")


def due_plans(member) -> Q:
    """A filter: plans, of any time, that reach the member where she is counted today."""
    appointment = counted_appointment(member)
    return plans_reaching(appointment) if appointment else NOWHERE


def in_staff_scope(member, *, roles=scope.ALL_ROLES) -> Q:
    """A filter: plans set in her scope, and those from above that reach into it."""
    return concerning(scope.staff_places(member, roles=roles))


def concerning(places: Iterable[Federation]) -> Q:
    """A filter: plans set at one of the places or below, and those from above that reach there."""
    return concerning_paths(**scope_values(places))


def scope_values(places: Iterable[Federation]) -> dict:
    """What `concerning_paths` asks for; a query that is written once fills it in."""
    places = list(places)
    ranges = [subtree_range(place.path) for place in places]
    return {
        "above": sorted({path for place in places for path in place.paths_down_to_here}),
        "lows": [ends[0] for ends in ranges],
        "highs": [ends[1] for ends in ranges],
    }


def concerning_paths(*, above: list[str], lows: list[str], highs: list[str]) -> Q:
    """`concerning`, of plain values: each is a parameter of the SQL as it is."""
    reaching = Q(federation__path__in=above, reach=Reach.SUBTREE)
    ranges = zip(lows, highs, strict=True)
    return reaching | scope.within_ranges("federation__path", ranges)


def plans_to_learn(member, now: datetime):
    """Running plans that the member is due in, and is asked to work on: paused ones are not."""
    return Plan.objects.asking(now).filter(due_plans(member))


def open_plans(member, now: datetime):
    """Running plans that the member is due in, with those that are paused."""
    return Plan.objects.running(now).filter(due_plans(member)).prefetch_related("items")


def closed_plans(member, now: datetime):
    """Plans that have closed with her on their roster, the last one first."""
    entries = PlanRosterEntry.objects.filter(plan=OuterRef("pk"), member=member)
    # Between the cut-off and the freeze there is no roster yet: she is due as she was.
    waiting = Q(frozen_at=None, cutoff_at__lt=now) & due_plans(member)
    return Plan.objects.filter(Exists(entries) | waiting).order_by("-cutoff_at", "-pk")


def plan_cards(member, now: datetime) -> list[PlanCard]:
    """Her running plans with what is left of each: a fixed number of queries."""
    return make_cards(member, plans_to_learn(member, now).prefetch_related("items"), now)


def make_cards(member, plans: Iterable[Plan], now: datetime) -> list[PlanCard]:
    """`plans` come with their items."""
    plans = list(plans)
    items = {plan.pk: list(plan.items.all()) for plan in plans}
    finished = finished_at(member, {each.page_id for of in items.values() for each in of})
    open_pages = {
        each.page_id
        for plan in plans
        if not plan.has_closed(now)
        for each in items[plan.pk]
        if each.is_required and each.page_id not in finished
    }
    minutes = page_minutes(member, open_pages)
    return [_card(plan, items[plan.pk], finished, minutes, now) for plan in plans]


def _card(
    plan: Plan,
    items: list[PlanItem],
    finished: dict[int, datetime],
    minutes: dict[int, int],
    now: datetime,
) -> PlanCard:
    required = {item.page_id for item in items if item.is_required}
    elective = {item.page_id for item in items} - required
    done = {pk for pk, moment in finished.items() if in_time(moment, plan.cutoff_at)}
    return PlanCard(
        title=plan.title,
        url=reverse("learning:plan", args=[plan.pk]),
        done=len(required & done),
        total=len(required),
        due_text=due_text(plan),
        minutes=sum(minutes.get(pk, 0) for pk in required - done),
        electives=len(elective),
        electives_done=len(elective & done),
        is_paused=plan.is_paused,
        is_closed=plan.has_closed(now),
    )


def finished_at(member, page_ids: Collection[int]) -> dict[int, datetime]:
    """When she finished each of the pages, by page id."""
    finished = Progress.objects.filter(member=member, page__in=page_ids, completed_at__isnull=False)
    return dict(finished.values_list("page_id", "completed_at"))


def due_text(plan: Plan) -> str:
    if plan.cutoff_at is None:
        return _("长期开放")
    return _("%s截止") % date_format(localtime(plan.cutoff_at), "n月j日 H:i ")


def plan_items(member, plan: Plan, now: datetime) -> list[dict]:
    """The plan's live pages, required ones first, with what the member has reached.

    What she finished after the cut-off is told apart: it is hers, and the plan does not count it.
    """
    items = list(plan.items.filter(page__live=True).select_related("page"))
    items.sort(key=lambda item: not item.is_required)
    rows = Progress.objects.filter(member=member, page__in=[item.page_id for item in items])
    progress = {row.page_id: row for row in rows}
    unfinished = [
        item.page_id
        for item in items
        if item.page_id not in progress or progress[item.page_id].completed_at is None
    ]
    minutes = {} if plan.has_closed(now) else page_minutes(member, unfinished)
    return [_item_facts(item, progress.get(item.page_id), plan, minutes) for item in items]


def _item_facts(item: PlanItem, row: Progress | None, plan: Plan, minutes: dict[int, int]) -> dict:
    completed_at = row.completed_at if row else None
    is_done = in_time(completed_at, plan.cutoff_at)
    return {
        "title": item.page.title,
        "url": item.page.url,
        "is_required": item.is_required,
        "is_done": is_done,
        "is_late": completed_at is not None and not is_done,
        "is_started": row is not None,
        "minutes": minutes.get(item.page_id, 0),
    }
