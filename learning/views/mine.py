"""The member's own page."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail import hooks

from federations.queries import full_title
from learning.queries import learner_stats
from learning.queries_ledger import ledger_card
from learning.queries_plans import plan_cards
from learning.record import record_line, record_rows
from learning.views.certificates import certificates_context
from members.domain.notices import unseen_notices
from members.domain.reminders import gets_reminders

# On her own page; the page of all notices has the rest.
MAX_NOTICES = 5
RECENT = 5


@require_safe
@never_cache
@login_required
def me(request):
    member = request.user
    appointments = member.appointments.select_related("federation").order_by("-is_counted", "pk")
    notices = list(unseen_notices(member)[:MAX_NOTICES])
    context = {
        "stats": learner_stats(member),
        "plans": plan_cards(member, timezone.now()),
        "recent": [record_line(row) for row in record_rows(member)[:RECENT]],
        "appointments": [appointment_facts(each) for each in appointments],
        "notices": notices,
        "has_reminder": any(notice.is_reminder for notice in notices),
        "gets_reminders": gets_reminders(member),
        "tab": "me",
    }
    context |= ledger_card(member, timezone.now()) | certificates_context(member)
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
