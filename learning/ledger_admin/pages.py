"""The pages of 积分与学时 that are no lists of a viewset: a trial's result, and members' hours."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_POST
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from federations.domain.jobs import ask_for_job
from federations.models import Job, JobState
from learning.domain.ledger.hours import counted_appointments, hours_rows
from learning.domain.ledger.simulation import version_from
from learning.ledger_admin.policy import manages_rules, sees_hours
from learning.models import BehaviourName
from learning.wording import hours_text, points_text, signed
from members.converters import read_number

PER_PAGE = 30
FIRST_YEAR = 2026


class LedgerPage(WagtailAdminTemplateMixin, View):
    """`parents` are the pages above: (name of the URL, label)."""

    parents: tuple = ()

    def get_breadcrumbs_items(self):
        above = [{"url": reverse(name), "label": label} for name, label in self.parents]
        here = {"url": "", "label": self.get_page_title()}
        return [*super().get_breadcrumbs_items(), *above, here]

    def show(self, **context):
        return self.render_to_response(self.get_context_data(**context))


class SimulationView(LedgerPage):
    page_title = gettext_lazy("积分规则试算")
    header_icon = "list-ol"
    template_name = "admin_learning/simulation.html"
    parents = (("pointrule:index", gettext_lazy("积分规则")),)

    def get(self, request, pk):
        if not manages_rules(request.user):
            raise PermissionDenied
        jobs = Job.objects.filter(owner=request.user, kind="point_rule_simulation")
        job = get_object_or_404(jobs, pk=pk, state=JobState.DONE)
        version = version_from(job.params["version"])
        rule = {
            "behaviour": version.behaviour,
            "points": version.points,
            "hours": hours_text(version.credit),
            "daily_cap": "" if version.daily_cap is None else version.daily_cap,
            "starts_on": version.starts_on.isoformat(),
            "note": job.params["note"],
        }
        return self.show(
            job=job,
            result=job.result,
            rule=rule,
            behaviour=BehaviourName(version.behaviour).label,
            rows=compare(job.result),
            change_url=f"{reverse('pointrule:add')}?{urlencode(rule)}",
        )


def compare(result: dict) -> list[tuple[str, str, str, str]]:
    """(figure, today's rules, the new one, difference)"""
    before, after = result["present"], result["proposed"]

    def row(label, name, read, differ):
        return label, read(before[name]), read(after[name]), differ(after[name] - before[name])

    def hours_difference(credit):
        return signed(hours_text(credit), credit)

    return [
        row(_("积分合计"), "points", str, points_text),
        row(_("学时合计"), "credit", hours_text, hours_difference),
        row(_("人均积分"), "mean_tenths", tenths, tenths_difference),
        row(_("积分最多的 1% 的人，至少有"), "top", str, points_text),
    ]


def tenths(figure: int) -> str:
    return f"{figure / 10:.1f}".replace("-", "−")


def tenths_difference(figure: int) -> str:
    return signed(tenths(figure), figure)


class HoursView(LedgerPage):
    """Members in the user's scope with their hours of a year."""

    page_title = gettext_lazy("学时统计")
    header_icon = "time"
    template_name = "admin_learning/hours.html"

    def get(self, request):
        year, rows = read_year(request), scoped_appointments(request)
        if name := request.GET.get("q", "").strip():
            rows = rows.filter(member__name__icontains=name)
        paginator = WagtailPaginator(rows, PER_PAGE)
        page = paginator.get_page(request.GET.get("p"))
        return self.show(
            year=year,
            years=range(localdate().year, FIRST_YEAR - 1, -1),
            name=name,
            page_obj=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            rows=[hours_facts(row) for row in hours_rows(page.object_list, year)],
        )


def scoped_appointments(request):
    if not sees_hours(request.user):
        raise PermissionDenied
    found = counted_appointments(request.user).select_related("member", "federation")
    return found.order_by("federation__path", "pk")


def read_year(request) -> int:
    """Of the query string or the form; this year when there is none. Http404 for a strange one."""
    today = localdate()
    wanted = request.POST.get("year") or request.GET.get("year") or str(today.year)
    year = read_number(wanted)
    if year is None or not FIRST_YEAR <= year <= today.year:
        raise Http404
    return year


def hours_facts(row) -> dict:
    return {
        "member": row.member,
        "federation": row.federation.title,
        "points": row.points,
        "hours": hours_text(row.credit),
        "has_reached_target": row.has_reached_target,
    }


@require_POST
def export(request):
    year = read_year(request)
    if not sees_hours(request.user):
        raise PermissionDenied
    job = ask_for_job(
        kind="hours_export",
        title=_("导出 %d 年学时") % year,
        owner=request.user,
        params={"year": year},
    )
    return redirect("job", job.pk)


urlpatterns = [
    path("simulations/<int:pk>/", SimulationView.as_view(), name="point_rule_simulation"),
    path("hours/", HoursView.as_view(), name="hours_list"),
    path("hours/export/", export, name="hours_export"),
]
