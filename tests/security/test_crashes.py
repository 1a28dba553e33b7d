"""Row: kill -9 of workers mid-work, a database that restarts mid-request, a broker that is away.

What was acknowledged survives, work runs once. A full disk: tests/courses/test_admin_uploads.py; a
worker that dies with a job or a paper: tests/federations/test_jobs.py, tests/learning/certificates.
"""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone
from wagtail.models import Page

from cms.models import AcademyPage
from federations.domain.jobs import SILENCE, ask_for_job, run_waiting_jobs
from federations.models import Job, JobState
from quizzes.domain.attempts import save_answer, start_attempt, submit_attempt
from quizzes.models import Attempt, AttemptState
from tests.factories import make_committee_member, make_staff
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

WRITER = """
import sys, django; django.setup()
from django.utils import timezone
from members.models import Member
from quizzes.domain.attempts import save_answer
member = Member.objects.get(pk=int(sys.argv[2]))
for number in range(1, 1_000_000):
    save_answer(attempt_id=int(sys.argv[1]), member=member, index=number % 3,
                values=[str(number)], sequence=number, now=timezone.now())
    print(number, flush=True)
"""
RUNNER = """
import django, time; django.setup()
from federations.domain.jobs import run_waiting_jobs
def work(job, report):
    report(1, 2)
    print("begun", flush=True)
    time.sleep(60)
run_waiting_jobs(handlers={"nothing": work})
"""


@pytest.fixture
def attempt(tree):
    root = Page.get_first_root_node()
    academy = root.add_child(instance=AcademyPage(title="执委学堂", slug="academy"))
    quiz = make_quiz_page(academy)
    fix_questions(quiz, [make_question(make_bank()) for _ in range(3)])
    member = make_committee_member(tree.village)
    return start_attempt(member=member, quiz=quiz, now=timezone.now())


def run(program: str, *arguments) -> subprocess.Popen:
    """A process of its own on the tests' database."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        address = f"sqlite:///{facts['NAME']}"
    else:
        host = f"{facts['HOST'] or '127.0.0.1'}:{facts['PORT'] or 5432}"
        address = f"postgres://{facts['USER']}@{host}/{facts['NAME']}"
    environment = {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def kill(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def read_until(process: subprocess.Popen, line: str) -> None:
    while (said := process.stdout.readline().strip()) != line:
        assert said, "the program ended before it was killed"


def test_answers_that_were_acknowledged_survive_the_kill(attempt):
    """As a web worker that is killed between two of a member's taps."""
    writer = run(WRITER, attempt.pk, attempt.member_id)
    read_until(writer, "30")
    kill(writer)
    told = [int(line) for line in writer.stdout.read().split()]
    attempt.refresh_from_db()
    kept = max(entry["s"] for entry in attempt.answers.values())

    assert kept >= max(told, default=30)
    assert sorted(attempt.answers) == ["q0", "q1", "q2"]


def test_hand_in_after_a_kill_is_one(attempt):
    writer = run(WRITER, attempt.pk, attempt.member_id)
    read_until(writer, "5")
    kill(writer)
    asked = {"attempt_id": attempt.pk, "member": attempt.member, "now": timezone.now()}
    results = {submit_attempt(**asked).submitted_at for _ in range(3)}

    assert (len(results), Attempt.objects.get().state) == (1, AttemptState.SUBMITTED)


def test_job_of_a_killed_worker_is_finished_once_by_another(tree):
    job = ask_for_job(kind="nothing", title="任务", owner=make_staff(tree.city))
    runner = run(RUNNER)
    read_until(runner, "begun")
    kill(runner)
    runs = []
    handlers = {"nothing": lambda job, _report: runs.append(job.pk) or {}}
    # Its silence is not yet long enough to be taken for death.
    assert run_waiting_jobs(handlers=handlers) == 0

    Job.objects.update(beat_at=timezone.now() - SILENCE - timedelta(seconds=1))
    done = [run_waiting_jobs(handlers=handlers) for _ in range(2)]

    assert (done, runs, Job.objects.get().state) == ([1, 0], [job.pk], JobState.DONE)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server to restart")
def test_database_that_restarts_costs_one_request_and_no_answer(attempt):
    def save(number: int):
        return save_answer(
            attempt_id=attempt.pk,
            member=attempt.member,
            index=0,
            values=[str(number)],
            sequence=number,
            now=timezone.now(),
        )

    save(1)
    cut_connections()
    with pytest.raises(OperationalError):
        save(2)
    # What the handler does at the beginning of the next request.
    connection.close_if_unusable_or_obsolete()
    assert save(3).is_saved

    attempt.refresh_from_db()
    assert attempt.answers["q0"]["r"] == ["3"]


def cut_connections() -> None:
    """What a restart does to everybody who is connected."""
    facts = connection.get_connection_params()
    asked = {key: facts[key] for key in ("dbname", "user", "host", "port") if key in facts}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    with psycopg.connect(**asked, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
