"""Background jobs in the admin: their progress and results, for the person who asked."""

from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.http import require_safe
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from federations.job_pages import find_job, own_jobs, progress_facts, progress_text, send_output


class JobListView(BaseListingView):
    page_title = _("我的任务")
    header_icon = "tasks"
    paginate_by = 30
    index_url_name = "job_list"
    index_results_url_name = "job_list_results"
    columns = [
        TitleColumn("title", label=_("任务"), url_name="job"),
        Column("state", label=_("进展"), accessor=progress_text),
        DateColumn("created_at", label=_("提交于")),
        DateColumn("finished_at", label=_("结束于")),
    ]
    no_results_message = _("还没有任务。导入、导出和统计都会列在这里。")

    def get_base_queryset(self):
        return own_jobs(self.request.user)


class JobView(WagtailAdminTemplateMixin, View):
    template_name = "admin_jobs/job.html"
    header_icon = "tasks"

    def get(self, request, pk):
        self.job = find_job(request, pk)
        if opens := self.job.result.get("opens"):
            return redirect(opens)
        return self.render_to_response(self.get_context_data(**progress_facts(self.job)))

    def get_page_title(self):
        return self.job.title

    def get_breadcrumbs_items(self):
        parent = {"url": reverse("job_list"), "label": JobListView.page_title}
        return [*super().get_breadcrumbs_items(), parent, {"url": "", "label": self.job.title}]


@require_safe
def job_progress(request, pk):
    """The part of a job's page that changes, alone."""
    return render(request, "admin_jobs/_progress.html", progress_facts(find_job(request, pk)))


urlpatterns = [
    path("", JobListView.as_view(), name="job_list"),
    path("results/", JobListView.as_view(results_only=True), name="job_list_results"),
    path("<int:pk>/", JobView.as_view(), name="job"),
    path("<int:pk>/progress/", job_progress, name="job_progress"),
    path("<int:pk>/output/", require_safe(send_output), name="job_output"),
]
