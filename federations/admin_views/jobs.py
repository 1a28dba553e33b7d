"""Background jobs in the admin: their progress and results, for the person who asked."""

from pathlib import PurePosixPath

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.http import require_safe
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from federations.domain.jobs import count_jobs_before
from federations.models import Job, JobState


def find_job(request, pk: int) -> Job:
    """Another person's job does not exist."""
    job = get_object_or_404(Job.objects.select_related("owner"), pk=pk)
    if job.owner_id != request.user.pk and not request.user.is_superuser:
        raise Http404
    return job


def progress_text(job: Job) -> str:
    state = job.get_state_display()
    return f"{state} {job.percent}%" if job.total and not job.is_finished else state


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
        own = Job.objects.filter(owner=self.request.user)
        return own.only("title", "state", "done", "total", "created_at", "finished_at")


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


def progress_facts(job: Job) -> dict:
    is_queued = job.state == JobState.QUEUED
    return {"job": job, "before": count_jobs_before(job) if is_queued else 0}


@require_safe
def job_progress(request, pk):
    """The part of a job's page that changes, alone."""
    return render(request, "admin_jobs/_progress.html", progress_facts(find_job(request, pk)))


@require_safe
def job_output(request, pk):
    job = find_job(request, pk)
    if not job.output or not job.output.storage.exists(job.output.name):
        raise Http404
    stored = PurePosixPath(job.output.name).name
    name = stored.removeprefix(f"{job.pk}-")
    return FileResponse(job.output.open("rb"), as_attachment=True, filename=name)


urlpatterns = [
    path("", JobListView.as_view(), name="job_list"),
    path("results/", JobListView.as_view(results_only=True), name="job_list_results"),
    path("<int:pk>/", JobView.as_view(), name="job"),
    path("<int:pk>/progress/", job_progress, name="job_progress"),
    path("<int:pk>/output/", job_output, name="job_output"),
]
