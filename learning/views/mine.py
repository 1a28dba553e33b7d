"""The member's own page and her plans."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail import hooks

from federations.queries import full_title
from learning.queries import (
    due_text,
    learner_stats,
    plan_cards,
    plan_items,
    plans_for,
)
from learning.queries_ledger import ledger_card
from learning.record import record_line, record_rows
from members.domain.notices import unseen_notices

# On her own page; the page of all notices has the rest.
MAX_NOTICES = 5
RECENT = 5


@require_safe
@never_cache
@login_required
def me(request):
    member = request.user
    appointments = member.appointments.select_related("federation").order_by("-is_counted", "pk")
    context = {
        "stats": learner_stats(member),
        "plans": plan_cards(member, timezone.now()),
        "recent": [record_line(row) for row in record_rows(member)[:RECENT]],
        "appointments": [appointment_facts(each) for each in appointments],
        "notices": list(unseen_notices(member)[:MAX_NOTICES]),
        "tab": "me",
    }
    context |= ledger_card(member, timezone.now())
    # Apps above know more about her, e.g. what there is to review.
    for fill in hooks.get_hooks("my_page_context"):
        context |= fill(request)
    return render(request, "pages/members/me.html", context)


def appointment_facts(appointment) -> dict:
    start = date_format(appointment.starts_on, "Y年n月")
    end = date_format(appointment.ends_on, "Y年n月") if appointment.ends_on else _("至今")
    return {
        "title": f"{full_title(appointment.federation)}{appointment.get_position_display()}",
        "text": " · ".join(filter(None, [appointment.term, f"{start}—{end}"])),
        "counted": appointment.is_counted,
    }


@require_safe
@never_cache
@login_required
def plan(request, plan_id):
    """What a plan asks for, and what of it she has done."""
    shown = get_object_or_404(plans_for(request.user), pk=plan_id)
    items = plan_items(request.user, shown)
    context = {
        "plan": shown,
        "due_text": due_text(shown),
        "items": items,
        "done_count": sum(item["is_done"] for item in items if item["is_required"]),
        "required_count": sum(item["is_required"] for item in items),
        "next_item": next((item for item in items if not item["is_done"]), None),
        "tab": "me",
    }
    return render(request, "pages/learning/plan.html", context)
