"""What the admin's and the desk's pages about background jobs have in common."""

from pathlib import PurePosixPath

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from federations.domain.jobs import count_jobs_before
from federations.models import Job, JobState


def own_jobs(member):
    """The member's jobs, with the columns that a list shows; the newest first."""
    own = Job.objects.filter(owner=member)
    return own.only("title", "state", "done", "total", "created_at", "finished_at")


def find_job(request, pk: int) -> Job:
    """Another person's job does not exist."""
    job = get_object_or_404(Job.objects.select_related("owner"), pk=pk)
    if job.owner_id != request.user.pk and not request.user.is_superuser:
        raise Http404
    return job


def progress_text(job: Job) -> str:
    state = job.get_state_display()
    return f"{state} {job.percent}%" if job.total and not job.is_finished else state


def progress_facts(job: Job) -> dict:
    is_queued = job.state == JobState.QUEUED
    return {"job": job, "before": count_jobs_before(job) if is_queued else 0}


def send_output(request, pk: int) -> FileResponse:
    """The file that a job made, under the name that its handler gave it."""
    job = find_job(request, pk)
    if not job.output or not job.output.storage.exists(job.output.name):
        raise Http404
    stored = PurePosixPath(job.output.name).name
    name = stored.removeprefix(f"{job.pk}-")
    return FileResponse(job.output.open("rb"), as_attachment=True, filename=name)
