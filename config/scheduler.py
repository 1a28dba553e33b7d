"""The embedded run's clock: the jobs that Celery beat and a worker do in production.

One thread beside the web threads. A job that fails is logged and comes round again.
"""

import threading
from datetime import datetime, timedelta

import structlog
from celery import current_app
from celery.schedules import crontab, maybe_schedule
from django.db import close_old_connections, connections

log = structlog.get_logger(__name__)
TICK_SECONDS = 0.5


class Scheduler(threading.Thread):
    def __init__(self, jobs: dict[str, dict]):
        super().__init__(name="scheduler", daemon=True)
        # A worker would find the tasks by itself.
        current_app.loader.import_default_modules()
        self.stopping = threading.Event()
        self.jobs = {
            name: (job["task"], maybe_schedule(job["schedule"], app=current_app))
            for name, job in jobs.items()
        }
        # Frequent jobs count from the start. Daily ones run at once if the machine slept through
        # their hour; they are harmless when repeated.
        now = current_app.now()
        self.last_run: dict[str, datetime] = {
            name: now - timedelta(days=1) if isinstance(when, crontab) else now
            for name, (_task, when) in self.jobs.items()
        }

    def run(self) -> None:
        while not self.stopping.wait(TICK_SECONDS):
            self.run_due()
        connections.close_all()

    def stop(self) -> None:
        """End after the job that is running, if one is."""
        self.stopping.set()
        self.join()

    def run_due(self) -> list[str]:
        """Run every job whose time has come; returns their names."""
        due = [name for name, (_task, when) in self.jobs.items() if self._is_due(name, when)]
        for name in due:
            self.last_run[name] = current_app.now()
            run_job(name, self.jobs[name][0])
        return due

    def _is_due(self, name: str, when) -> bool:
        return when.is_due(self.last_run[name]).is_due


def run_job(name: str, task: str) -> None:
    close_old_connections()
    try:
        current_app.tasks[task].apply(throw=True)
    except Exception:
        log.exception("scheduled_job_failed", job=name)
    finally:
        close_old_connections()
