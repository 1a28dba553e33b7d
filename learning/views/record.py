"""Her learning record by year, and everything of hers to take along."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.exporting import write_my_data
from learning.record import record_line, record_rows, record_years
from members.converters import read_number
from members.domain.audit import record as record_deed
from members.domain.limits import Limit, LimitReached
from members.models import Action

PER_PAGE = 20
# The whole of her data each time.
EXPORTS = Limit("my-export", amount=5, seconds=10 * 60)
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@never_cache
@login_required
def record(request):
    years = record_years(request.user)
    asked = read_number(request.GET.get("year", ""))
    year = asked if asked in years else None
    rows = Paginator(record_rows(request.user, year), PER_PAGE).get_page(request.GET.get("p"))
    rows.object_list = [record_line(row) for row in rows.object_list]
    context = {
        "page_obj": rows,
        "years": year_chips(years, year),
        "query": f"year={year}" if year else "",
        "tab": "me",
    }
    return render(request, "pages/learning/record.html", context)


def year_chips(years: list[int], current: int | None) -> list[dict]:
    """One year alone needs no choice."""
    if len(years) < 2:
        return []
    every = {"title": _("全部"), "query": "?", "current": current is None}
    return [
        every,
        *(
            {"title": _("%d 年") % year, "query": f"?year={year}", "current": year == current}
            for year in years
        ),
    ]


@require_safe
@never_cache
@login_required
def export(request):
    """A workbook of everything that the academy keeps of her learning."""
    try:
        EXPORTS.take(f"{request.user.pk}", now=timezone.now())
    except LimitReached:
        messages.error(request, _("下载得太频繁了，请过十分钟再试。"))
        return redirect("learning:record")
    record_deed(action=Action.DATA_DOWNLOADED, by=request.user, subject=request.user)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        write_my_data(member=request.user, path=path)
        response = HttpResponse(path.read_bytes(), content_type=EXCEL)
    name = _("我的学习资料-%s.xlsx") % localdate().isoformat()
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=name
    )
    return response
