"""Background jobs: asked for by staff, run one after another by whoever claims them first."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any
from uuid import uuid4

import structlog
from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext as _

from federations.models import Job, JobState, Lane
from members.models import Member
from members.origin import coming_from, current_origin

# A runner that has not been heard of for so long is dead; handlers report at least every minute.
SILENCE = timedelta(minutes=5)
# A job that takes its runner down with it is not tried for ever.
MOST_TRIES = 3
KEPT = timedelta(days=30)
# Handlers may report every row; so much time, in seconds, lies between two writes.
BETWEEN_WRITES = 0.5
# Storage adds a few characters when the name is taken; disks end at 255 bytes.
MOST_NAME_BYTES, LONGEST_SUFFIX = 180, 20
log = structlog.get_logger(__name__)

# report(done, total) shows the progress and is the runner's sign of life; total may be 0 while it
# is not known. It ends the handler when the job has been given to another runner.
Report = Callable[[int, int], None]
# Returns the job's result, JSON. The job's page shows of it
#   "lines"  [[label, text], …]   figures
#   "notes"  [text, …]            what the person should know
#   "links"  [[label, url], …]    where to go on
#   "opens"  url                  a page that shows the result in place of the job's own
# A handler may run twice when its first runner died, so it must be safe to repeat.
Handler = Callable[[Job, Report], dict[str, Any]]


class JobRefused(Exception):
    """The job cannot be done; the message says why and what to do, in Chinese."""


class JobLost(Exception):
    """Another runner has the job now: this one was silent for too long."""


def ask_for_job(
    *,
    kind: str,
    title: str,
    owner: Member,
    params: dict | None = None,
    upload: File | None = None,
    lane: Lane = Lane.DESK,
) -> Job:
    """Queue a job; it begins within seconds when none is before it in its lane."""
    job = _make(kind=kind, title=title, owner=owner, params=params, upload=upload, lane=lane)
    job.save()
    return job


def run_at_once(
    *,
    handlers: Mapping[str, Handler],
    kind: str,
    title: str,
    owner: Member,
    params: dict | None = None,
    upload: File | None = None,
) -> Job:
    """A job whose work takes no longer than a page may: run here and now, never queued."""
    job = _make(kind=kind, title=title, owner=owner, params=params, upload=upload)
    run = _Run(job, runner=uuid4().hex, tries=1)
    job.state, job.beat_at, job.result = JobState.RUNNING, timezone.now(), run.mark
    job.save()
    run.carry_out(handlers)
    job.refresh_from_db()
    return job


def _make(*, title: str, params: dict | None, upload: File | None, **fields: Any) -> Job:
    job = Job(title=title[:120], params=params or {}, **fields)
    if upload is not None:
        job.upload = upload
        # Disks take 255 bytes: 85 Chinese characters. What people called it is in the params.
        job.upload.name = f"upload{_suffix(upload.name)}"
    return job


def shorten_name(name: str) -> str:
    """A file name that every disk takes, with its suffix."""
    suffix = _suffix(name)
    stem = name.removesuffix(suffix).encode()[: MOST_NAME_BYTES - len(suffix.encode())]
    return stem.decode(errors="ignore") + suffix


def _suffix(name: str) -> str:
    suffix = Path(name).suffix
    return suffix if len(suffix.encode()) <= LONGEST_SUFFIX else ""


def run_waiting_jobs(*, handlers: Mapping[str, Handler], lane: Lane = Lane.DESK) -> int:
    """Run the lane's jobs until none waits; returns how many were run.

    While one is running elsewhere, nothing is done: a worker stays free for the clock's work.
    """
    count = 0
    while (run := _claim(timezone.now(), lane)) is not None:
        run.carry_out(handlers)
        count += 1
    return count


def count_jobs_before(job: Job) -> int:
    """How many others are finished before this one begins."""
    unfinished = Job.objects.filter(state__in=[JobState.RUNNING, JobState.QUEUED], lane=job.lane)
    return unfinished.filter(pk__lt=job.pk).count()


@contextmanager
def open_upload(job: Job) -> Iterator[Path]:
    """What came in, as a file of this machine for as long as the block lasts."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / Path(job.upload.name).name
        with job.upload.open("rb") as source, path.open("wb") as copy:
            copyfileobj(source, copy)
        yield path


def keep_output(*, job: Job, path: Path, name: str) -> None:
    """Keep a file as what comes out, in place of one that a dead runner may have left."""
    if job.output:
        job.output.delete(save=False)
    with path.open("rb") as file:
        job.output.save(shorten_name(f"{job.pk}-{name}"), File(file), save=False)
    job.save(update_fields=["output"])


def remove_old_jobs(*, now: datetime) -> int:
    """Delete jobs that ended 30 days ago, and those that nobody ever ran; with their files."""
    count = 0
    for job in Job.objects.filter(created_at__lt=now - KEPT).iterator(chunk_size=200):
        if (job.finished_at or job.beat_at or job.created_at) < now - KEPT:
            # Files first: a row without its files is tried again the next night.
            for file in (job.upload, job.output):
                if file:
                    file.delete(save=False)
            job.delete()
            count += 1
    return count


def _claim(now: datetime, lane: Lane) -> "_Run | None":
    """The lane's oldest job that waits or was left behind, if nobody else takes it first."""
    in_lane = Job.objects.filter(lane=lane)
    running = in_lane.filter(state=JobState.RUNNING)
    if running.filter(beat_at__gte=now - SILENCE).exists():
        return None
    abandoned = running.filter(beat_at__lt=now - SILENCE)
    waiting = in_lane.filter(state=JobState.QUEUED) | abandoned
    for job in waiting.order_by("pk")[:20]:
        # Compare and set: of two runners at once one changes the row.
        same = Job.objects.filter(pk=job.pk, state=job.state, beat_at=job.beat_at)
        run = _Run(job, runner=uuid4().hex, tries=job.result.get("tries", 0) + 1)
        if same.update(state=JobState.RUNNING, beat_at=now, result=run.mark, done=0, total=0):
            job.refresh_from_db()
            return run
    return None


@dataclass
class _Run:
    """One runner's hold on a job. Until the end, `Job.result` says who holds it."""

    job: Job
    runner: str
    tries: int
    written_at: float | None = None

    @property
    def mark(self) -> dict[str, Any]:
        return {"runner": self.runner, "tries": self.tries}

    def carry_out(self, handlers: Mapping[str, Handler]) -> None:
        # What it writes bears the name of who asked for it.
        with coming_from(partial(replace, current_origin(), member=self.job.owner)):
            self._carry_out(handlers)

    def _carry_out(self, handlers: Mapping[str, Handler]) -> None:
        try:
            self._finish(JobState.DONE, result=self._call(handlers))
        except JobLost:
            log.warning("job_lost", job=self.job.pk, kind=self.job.kind)
        except JobRefused as refusal:
            self._finish(JobState.FAILED, message=str(refusal))
        except Exception:
            log.exception("job_failed", job=self.job.pk, kind=self.job.kind)
            message = _("出了意外，没有完成。请再试一次；还不行请联系管理员。")
            self._finish(JobState.FAILED, message=message)

    def _call(self, handlers: Mapping[str, Handler]) -> dict[str, Any]:
        if self.tries > MOST_TRIES:
            raise JobRefused(
                _("这个任务几次都中途停了，没有完成。请把文件分小些再试，或联系管理员。")
            )
        return handlers[self.job.kind](self.job, self.report)

    def report(self, done: int, total: int) -> None:
        now = monotonic()
        is_last = bool(total) and done >= total
        if self.written_at is None or is_last or now - self.written_at >= BETWEEN_WRITES:
            self.written_at = now
            self._write(done=done, total=total, beat_at=timezone.now())

    def _write(self, **values: Any) -> None:
        held = Job.objects.filter(
            pk=self.job.pk, state=JobState.RUNNING, result__runner=self.runner
        )
        if not held.update(**values):
            raise JobLost

    def _finish(
        self, state: JobState, *, result: dict[str, Any] | None = None, message: str = ""
    ) -> None:
        values = {"state": state, "result": result or {}, "message": message}
        try:
            self._write(**values, finished_at=timezone.now())
        except JobLost:
            log.warning("job_lost", job=self.job.pk, kind=self.job.kind)
