"""我的积分和学时, growth, and the annual statement of credit hours."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.converters import read_number
from federations.queries import counted_appointment, full_title
from learning.domain.ledger.hours import YEARLY_TARGET, counted_appointments
from learning.queries_ledger import (
    by_month,
    entries_of,
    growth_facts,
    ledger_page,
    rhythm_facts,
    stage_rows,
)
from learning.queries_statement import credit_statement
from members.models import Member

PER_PAGE = 30


@require_safe
@never_cache
@login_required
def ledger(request):
    """Her entries of a year; this one when the address names none."""
    now = timezone.now()
    year = read_year(request.GET.get("year") or str(localdate(now).year))
    page = Paginator(entries_of(request.user, year), PER_PAGE).get_page(request.GET.get("p"))
    context = ledger_page(request.user, now, year) | {
        "months": by_month(page.object_list),
        "page_obj": page,
        "query": f"year={year}",
        "tab": "me",
    }
    return render(request, "pages/learning/ledger.html", context)


def read_year(text: str) -> int:
    """A year that has begun. Http404 for anything else."""
    year = read_number(text)
    if year is None or not 2000 <= year <= localdate().year:
        raise Http404
    return year


@require_safe
@never_cache
@login_required
def growth(request):
    facts = growth_facts(request.user)
    context = facts | rhythm_facts(request.user, localdate())
    context |= {"stages": stage_rows(facts["stage"]), "tab": "me"}
    return render(request, "pages/learning/growth.html", context)


@require_safe
@never_cache
@login_required
def statement(request, year, member_id=None):
    """A member's hours of a year: her own, or of one counted in the viewer's scope."""
    member = find_member(request.user, member_id)
    appointment = counted_appointment(member)
    context = {
        "statement": credit_statement(member, read_year(str(year))),
        "unit": full_title(appointment.federation) if appointment else "",
        "target": YEARLY_TARGET // 100,
        "today": localdate(),
        "is_own": member == request.user,
        "tab": "me",
    }
    return render(request, "pages/learning/statement.html", context)


def find_member(viewer: Member, member_id: int | None) -> Member:
    """Http404 for somebody who is not the viewer's to see."""
    if member_id in (None, viewer.pk):
        return viewer
    found = counted_appointments(viewer).filter(member_id=member_id).select_related("member")
    if (appointment := found.first()) is None:
        raise Http404
    return appointment.member
