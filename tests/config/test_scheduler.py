from datetime import timedelta
from threading import Event

import pytest
from celery import current_app, shared_task
from django.conf import settings

from config.schedule import BEAT_SCHEDULE, CLOCK, ENCODING, JOBS
from config.scheduler import Scheduler, run_job

runs = []
noted = Event()


class Block:
    begun, end = Event(), Event()


@shared_task(name="tests.note")
def note():
    runs.append("note")
    noted.set()


@shared_task(name="tests.block")
def wait_for_the_end():
    Block.begun.set()
    Block.end.wait(30)


@shared_task(name="tests.fail")
def fail():
    raise RuntimeError("broken")


@pytest.fixture(autouse=True)
def no_runs():
    runs.clear()


@pytest.fixture
def block():
    noted.clear()
    return Block


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


def test_long_job_does_not_hold_up_the_clock(block):
    slow, clock = make("tests.block", 0.1), make("tests.note", 0.1)
    slow.start()
    assert block.begun.wait(20)
    clock.start()

    try:
        assert noted.wait(20)
    finally:
        block.end.set()
        clock.stop()
        slow.stop()


def test_what_staff_ask_for_has_a_clock_of_its_own():
    names = [*CLOCK, *JOBS, *ENCODING]

    assert (len(set(names)), BEAT_SCHEDULE) == (len(names), CLOCK | JOBS | ENCODING)


def test_every_scheduled_job_names_a_task_that_exists():
    scheduler = Scheduler(settings.CELERY_BEAT_SCHEDULE)
    named = {task for task, _when in scheduler.jobs.values()}

    assert named - set(current_app.tasks) == set()
