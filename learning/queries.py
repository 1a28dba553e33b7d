"""Plans as their members see them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from federations import scope
from federations.queries import counted_appointment
from learning.models import Plan, Progress


@dataclass(frozen=True)
class PlanCard:
    title: str
    url: str
    done: int
    total: int
    due_text: str

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def left_text(self) -> str:
        left = self.total - self.done
        return ngettext("还有 %d 项", "还有 %d 项", left) % left if left else _("全部完成")


def plans_for(member):
    """Plans that concern the member: set by a federation above her own, or in her staff scope."""
    if member.is_superuser:
        return Plan.objects.select_related("federation")
    appointment = counted_appointment(member)
    places = scope.staff_places(member)
    above = [path for place in places for path in place.paths_down_to_here]
    above += appointment.federation.paths_down_to_here if appointment else []
    reaches_her = scope.within_paths("federation__path", [place.path for place in places])
    plans = Plan.objects.filter(federation__path__in=above) | Plan.objects.filter(reaches_her)
    return plans.distinct().select_related("federation")


def plans_to_learn(member, now: datetime):
    """Running plans that the member is due in."""
    appointment = counted_appointment(member)
    if appointment is None:
        return Plan.objects.none()
    above = appointment.federation.paths_down_to_here
    return Plan.objects.running(now).filter(federation__path__in=above)


def plan_cards(member, now: datetime) -> list[PlanCard]:
    """Her running plans with what is left of each: a fixed number of queries."""
    plans = list(plans_to_learn(member, now).prefetch_related("items"))
    required = {
        plan.pk: {item.page_id for item in plan.items.all() if item.is_required} for plan in plans
    }
    done = completed_pages(member, set().union(*required.values()))
    return [
        PlanCard(
            title=plan.title,
            url=reverse("learning:plan", args=[plan.pk]),
            done=len(required[plan.pk] & done),
            total=len(required[plan.pk]),
            due_text=due_text(plan),
        )
        for plan in plans
    ]


def completed_pages(member, page_ids) -> set[int]:
    finished = Progress.objects.filter(member=member, page__in=page_ids, completed_at__isnull=False)
    return set(finished.values_list("page_id", flat=True))


def due_text(plan: Plan) -> str:
    if plan.cutoff_at is None:
        return _("长期开放")
    return _("%s截止") % date_format(localtime(plan.cutoff_at), "n月j日 H:i ")


def plan_items(member, plan: Plan) -> list[dict]:
    """The plan's live pages in order, with what the member has reached."""
    items = list(plan.items.filter(page__live=True).select_related("page"))
    progress = defaultdict(lambda: None)
    rows = Progress.objects.filter(member=member, page__in=[item.page_id for item in items])
    progress.update({row.page_id: row for row in rows})
    return [
        {
            "title": item.page.title,
            "url": item.page.url,
            "is_required": item.is_required,
            "is_done": bool(progress[item.page_id] and progress[item.page_id].completed_at),
            "is_started": progress[item.page_id] is not None,
        }
        for item in items
    ]


def learner_stats(member) -> dict:
    """Counts only: which scores may be shown, the apps above know."""
    rows = Progress.objects.filter(member=member, completed_at__isnull=False)
    return rows.aggregate(
        lessons_done=Count("pk", filter=Q(handed_in_at__isnull=True)),
        quizzes_done=Count("pk", filter=Q(handed_in_at__isnull=False)),
    )
