"""我的积分和学时, growth, and the annual statement of credit hours."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from federations.queries import counted_appointment, full_title
from learning.certificate_papers import PRESS
from learning.certificates.press import PaperFailed, PressBusy
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
from learning.statement_papers import statement_paper
from learning.views.certificates import FILES, file_response, problem_text
from members.converters import read_number
from members.domain.limits import LimitReached
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


@require_safe
@never_cache
@login_required
def statement_pdf(request, year):
    """Her own statement as a file; or its page with what is wrong."""
    found = credit_statement(request.user, read_year(str(year)))
    appointment = counted_appointment(request.user)
    unit = full_title(appointment.federation) if appointment else ""
    try:
        FILES.take(f"{request.user.pk}", now=timezone.now())
        file = PRESS.print_statement(statement_paper(found, unit=unit, today=localdate()))
    except (LimitReached, PressBusy, PaperFailed) as error:
        messages.error(request, problem_text(error))
        return redirect("ledger:statement", year)
    name = _("%(year)d年学时证明-%(name)s") % {"year": year, "name": request.user.name}
    return file_response(file, name, as_attachment=True)


def find_member(viewer: Member, member_id: int | None) -> Member:
    """Http404 for somebody who is not the viewer's to see."""
    if member_id in (None, viewer.pk):
        return viewer
    found = counted_appointments(viewer).filter(member_id=member_id).select_related("member")
    if (appointment := found.first()) is None:
        raise Http404
    return appointment.member
