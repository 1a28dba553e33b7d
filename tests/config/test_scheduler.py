from datetime import timedelta

import pytest
from celery import current_app, shared_task
from django.conf import settings

from config.scheduler import Scheduler, run_job

runs = []


@shared_task(name="tests.note")
def note():
    runs.append("note")


@shared_task(name="tests.fail")
def fail():
    raise RuntimeError("broken")


@pytest.fixture(autouse=True)
def no_runs():
    runs.clear()


def make(task="tests.note", schedule=60.0):
    return Scheduler({"job": {"task": task, "schedule": schedule}})


def test_job_waits_for_its_time():
    assert make().run_due() == []


@pytest.mark.django_db
def test_job_runs_when_its_time_has_come():
    scheduler = make()
    scheduler.last_run["job"] -= timedelta(seconds=61)

    assert (scheduler.run_due(), scheduler.run_due(), runs) == (["job"], [], ["note"])


@pytest.mark.django_db
def test_job_that_fails_is_logged_and_does_not_stop_the_clock(caplog):
    run_job("job", "tests.fail")

    assert "scheduled_job_failed" in caplog.text


def test_every_scheduled_job_names_a_task_that_exists():
    scheduler = Scheduler(settings.CELERY_BEAT_SCHEDULE)
    named = {task for task, _when in scheduler.jobs.values()}

    assert named - set(current_app.tasks) == set()
