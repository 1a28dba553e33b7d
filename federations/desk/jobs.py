"""My background jobs at the desk: exports, reminders and imports end here."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from federations.desk.access import desk_view
from federations.job_pages import find_job, own_jobs, progress_facts, send_output

JOBS_PER_PAGE = 30


@require_safe
@desk_view()
def job_list(request):
    page = Paginator(own_jobs(request.user), JOBS_PER_PAGE).get_page(request.GET.get("p"))
    facts = {"page_obj": page, "query": f"federation={request.desk.place.pk}"}
    return render(request, "pages/desk/jobs/list.html", facts)


@require_safe
@desk_view()
def job(request, pk):
    found = find_job(request, pk)
    if opens := found.result.get("opens"):
        return redirect(opens)
    facts = progress_facts(found) | {"jobs_url": request.desk.address("desk_jobs")}
    return render(request, "pages/desk/jobs/job.html", facts)


@require_safe
@desk_view()
def job_progress(request, pk):
    """The part of a job's page that changes, alone."""
    return render(request, "pages/desk/jobs/_progress.html", progress_facts(find_job(request, pk)))


@require_safe
@desk_view()
def job_output(request, pk):
    return send_output(request, pk)
