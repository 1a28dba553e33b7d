"""Background jobs: one runner each, whatever dies on the way; only the owner sees them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from federations.domain.jobs import (
    JobLost,
    JobRefused,
    ask_for_job,
    keep_output,
    open_upload,
    remove_old_jobs,
    run_waiting_jobs,
)
from federations.models import Job, JobState
from tests.counting import count_queries
from tests.factories import make_member, make_staff

LONG_AGO = timezone.now() - timedelta(days=31)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def owner(manager):
    return manager


def ask(owner, kind="echo", **fields):
    return ask_for_job(kind=kind, title="导入", owner=owner, **fields)


def run(**handlers) -> int:
    return run_waiting_jobs(handlers=handlers)


def echo(job, report):
    report(1, 2)
    return {"lines": [["题数", "2"]]}


def refuse(job, report):
    raise JobRefused("这个文件读不出来。")


def fail(job, report):
    raise RuntimeError("broken")


def outcome(job) -> tuple:
    job.refresh_from_db()
    return job.state, job.message


def test_job_runs_and_keeps_its_result(owner):
    job = ask(owner)
    count = run(echo=echo)

    job.refresh_from_db()
    assert (count, job.state, job.result) == (1, JobState.DONE, {"lines": [["题数", "2"]]})


def test_progress_is_shown_while_it_runs(owner):
    seen = []

    def look(job, report):
        report(3, 12)
        seen.append(Job.objects.get().percent)
        return {}

    ask(owner)
    run(echo=look)

    assert seen == [25]


def test_refusal_tells_its_reason(owner):
    job = ask(owner)
    run(echo=refuse)

    assert outcome(job) == (JobState.FAILED, "这个文件读不出来。")


def test_accident_does_not_show_its_details(owner):
    job = ask(owner)
    run(echo=fail)

    assert outcome(job) == (
        JobState.FAILED,
        "出了意外，没有完成。请再试一次；还不行请联系管理员。",
    )


def test_job_after_an_accident_still_runs(owner):
    ask(owner, kind="fail")
    job = ask(owner)
    run(echo=echo, fail=fail)

    assert outcome(job) == (JobState.DONE, "")


def leave_behind(job, *, silence, tries=1):
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING,
        beat_at=timezone.now() - silence,
        result={"runner": "dead", "tries": tries},
    )


def test_job_of_a_dead_runner_is_taken_up(owner):
    job = ask(owner)
    leave_behind(job, silence=timedelta(minutes=6))
    run(echo=echo)

    assert outcome(job) == (JobState.DONE, "")


def test_nothing_runs_beside_a_running_job(owner):
    leave_behind(ask(owner), silence=timedelta(minutes=1))
    ask(owner)

    assert run(echo=echo) == 0


def test_job_that_kills_its_runners_is_given_up(owner):
    job = ask(owner)
    leave_behind(job, silence=timedelta(minutes=6), tries=3)
    run(echo=echo)

    assert outcome(job) == (
        JobState.FAILED,
        "这个任务几次都中途停了，没有完成。请把文件分小些再试，或联系管理员。",
    )


def test_silent_runner_loses_its_job(owner):
    lost = []

    def be_overtaken(job, report):
        report(1, 9)
        Job.objects.filter(pk=job.pk).update(result={"runner": "other", "tries": 2})
        try:
            report(9, 9)
        except JobLost:
            lost.append(job.pk)
            raise
        return {"lines": []}

    job = ask(owner)
    run(echo=be_overtaken)

    job.refresh_from_db()
    assert (lost, job.state, job.result["runner"]) == ([job.pk], JobState.RUNNING, "other")


def test_runner_that_lost_its_job_does_not_overwrite_the_result(owner):
    def be_overtaken(job, report):
        Job.objects.filter(pk=job.pk).update(state=JobState.DONE, result={"notes": ["对"]})
        return {"notes": ["错"]}

    job = ask(owner)
    run(echo=be_overtaken)

    job.refresh_from_db()
    assert job.result == {"notes": ["对"]}


def test_handler_reads_the_upload_and_keeps_a_file(owner, tmp_path):
    def copy(job, report):
        with open_upload(job) as path:
            keep_output(job=job, path=path, name="结果.txt")
            return {"notes": [path.suffix]}

    job = ask(owner, kind="copy", upload=ContentFile("题", name="题.txt"))
    run(copy=copy)

    job.refresh_from_db()
    assert (job.result["notes"], job.output.read()) == ([".txt"], "题".encode())


def test_second_try_replaces_the_file_of_the_first(owner, tmp_path):
    job, source = ask(owner), tmp_path / "a"
    source.write_text("一")
    keep_output(job=job, path=source, name="结果.txt")
    keep_output(job=job, path=source, name="结果.txt")

    assert len(list(Path(tmp_path / "jobs").iterdir())) == 1


def test_old_jobs_go_with_their_files(owner, tmp_path):
    job = ask(owner, upload=ContentFile("题", name="题.txt"))
    Job.objects.update(created_at=LONG_AGO, finished_at=LONG_AGO)
    removed = remove_old_jobs(now=timezone.now())

    assert (removed, Job.objects.filter(pk=job.pk).exists()) == (1, False)
    assert list((tmp_path / "jobs").iterdir()) == []


def test_recent_jobs_stay(owner):
    ask(owner)
    Job.objects.update(created_at=LONG_AGO, finished_at=timezone.now())

    assert remove_old_jobs(now=timezone.now()) == 0


def test_owner_sees_the_result(client, owner):
    job = ask(owner)
    run(echo=echo)
    client.force_login(owner)

    assert "题数" in client.get(reverse("job", args=[job.pk])).content.decode()


def test_waiting_job_says_how_many_are_before_it(client, owner):
    ask(owner)
    job = ask(owner)
    client.force_login(owner)

    page = client.get(reverse("job_progress", args=[job.pk])).content.decode()

    assert "前面还有 1 个任务" in page


def test_job_that_has_its_own_page_leads_there(client, owner):
    job = ask(owner)
    run(echo=lambda job, report: {"opens": "/admin/"})
    client.force_login(owner)

    assert client.get(reverse("job", args=[job.pk])).url == "/admin/"


def give_output(job, tmp_path):
    source = tmp_path / "a"
    source.write_text("钥匙")
    keep_output(job=job, path=source, name="题库.xlsx")


JOB_VIEWS = ["job", "job_progress", "job_output"]


@pytest.mark.parametrize("view", JOB_VIEWS)
def test_job_of_another_is_not_found(client, owner, viewer, view, tmp_path):
    job = ask(owner)
    give_output(job, tmp_path)
    client.force_login(viewer)

    assert client.get(reverse(view, args=[job.pk])).status_code == 404


@pytest.mark.parametrize("view", JOB_VIEWS)
def test_job_opens_for_superuser(client, owner, view, tmp_path):
    job = ask(owner)
    give_output(job, tmp_path)
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))

    assert client.get(reverse(view, args=[job.pk])).status_code == 200


def test_output_is_downloaded_by_its_owner(client, owner, tmp_path):
    job = ask(owner)
    give_output(job, tmp_path)
    client.force_login(owner)
    response = client.get(reverse("job_output", args=[job.pk]))

    assert b"".join(response.streaming_content).decode() == "钥匙"
    assert "%E9%A2%98%E5%BA%93.xlsx" in response["Content-Disposition"]


def test_files_of_jobs_have_no_second_door(client, owner, tmp_path):
    job = ask(owner)
    give_output(job, tmp_path)
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))

    assert client.get(f"/media/{job.output.name}").status_code == 404


def test_list_holds_own_jobs_only(client, owner, viewer):
    own = ask(owner)
    ask(viewer)
    client.force_login(owner)

    assert list(client.get(reverse("job_list")).context["object_list"]) == [own]


def test_list_takes_the_same_queries_for_thirty(client, owner):
    client.force_login(owner)
    ask(owner)
    few = count_queries(client, "job_list")
    for _each in range(29):
        ask(owner)

    assert count_queries(client, "job_list") == few


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_runners_never_run_one_job(tree):
    owner, runs, barrier = make_staff(tree.town), [], Barrier(8)
    for _each in range(5):
        ask(owner)

    def note(job, report):
        runs.append(job.pk)
        return {}

    def work(_number):
        barrier.wait()
        for _each in range(10):
            run(echo=note)
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))

    assert sorted(runs) == sorted(Job.objects.values_list("pk", flat=True))
