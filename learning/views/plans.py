"""The member's plans: one by one, and all of hers with those of earlier months."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.models import Plan
from learning.queries_plans import (
    closed_plans,
    due_text,
    make_cards,
    minutes_text,
    open_plans,
    plan_items,
    plans_for,
)

PER_PAGE = 20


@require_safe
@never_cache
@login_required
def plan(request, plan_id):
    """What a plan asks for, and what of it she has done."""
    shown, now = get_object_or_404(plans_for(request.user), pk=plan_id), timezone.now()
    items = plan_items(request.user, shown, now)
    required = [item for item in items if item["is_required"]]
    left = [item for item in required if not item["is_done"]]
    context = {
        "plan": shown,
        "due_text": due_text(shown),
        "state": name_state(shown, now),
        "items": items,
        "done_count": len(required) - len(left),
        "required_count": len(required),
        "minutes_text": minutes_text(sum(item["minutes"] for item in left)),
        "next_item": find_next(shown, items, now),
        "tab": "me",
    }
    return render(request, "pages/learning/plan.html", context)


def find_next(shown: Plan, items: list[dict], now) -> dict | None:
    """Where to go on: what is required stands before what she may choose."""
    if shown.is_paused or shown.has_closed(now) or shown.opens_at > now:
        return None
    return next((item for item in items if not item["is_done"]), None)


def name_state(shown: Plan, now) -> str:
    """closed, paused, waiting (not open yet) or running."""
    if shown.has_closed(now):
        return "closed"
    if shown.is_paused:
        return "paused"
    return "waiting" if shown.opens_at > now else "running"


@require_safe
@never_cache
@login_required
def plans(request):
    """Hers that are open, paused ones too, and below them those that have closed."""
    now = timezone.now()
    closed = Paginator(closed_plans(request.user, now), PER_PAGE).get_page(request.GET.get("p"))
    past = list(closed.object_list.prefetch_related("items"))
    context = {
        "open": make_cards(request.user, open_plans(request.user, now), now),
        "past": make_cards(request.user, past, now),
        "page_obj": closed,
        "tab": "me",
    }
    return render(request, "pages/learning/plans.html", context)
