"""My jobs at the desk: progress, result and file, for nobody but the person who asked."""

import pytest
from django.urls import reverse

from federations.domain.jobs import ask_for_job, keep_output, run_waiting_jobs
from federations.models import Job, JobState, StaffRoleType
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member, make_staff

JOB_VIEWS = ["desk_job", "desk_job_progress", "desk_job_output"]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def owner(tree):
    return make_staff(tree.town)


@pytest.fixture
def teammate(tree):
    return make_staff(tree.town, StaffRoleType.VIEWER, "查看员")


def ask(owner):
    return ask_for_job(kind="echo", title="导出名册", owner=owner)


def run(**result) -> None:
    run_waiting_jobs(handlers={"echo": lambda job, report: result})


@pytest.fixture
def job(owner, tmp_path):
    """One that has a file."""
    job, source = ask(owner), tmp_path / "a"
    source.write_text("名册")
    keep_output(job=job, path=source, name="名册.xlsx")
    return job


def show(client, member, view, job, **data):
    client.force_login(member)
    return client.get(reverse(view, args=[job.pk]), data)


def test_owner_sees_figures_notes_and_links(client, owner, job):
    run(lines=[["人数", "12"]], notes=["都在。"], links=[["看名册", "/desk/"]])

    page = show(client, owner, "desk_job", job).content.decode()

    shown = ["人数", "12", "都在。", 'href="/desk/"', reverse("desk_job_output", args=[job.pk])]
    assert [text for text in shown if text not in page] == []


def test_waiting_job_says_how_many_are_before_it(client, owner, job):
    page = show(client, owner, "desk_job_progress", ask(owner)).content.decode()

    assert "前面还有 1 个任务" in page


def test_running_job_shows_how_far_it_is(client, owner, job):
    Job.objects.update(state=JobState.RUNNING, done=3, total=12)

    page = show(client, owner, "desk_job_progress", job).content.decode()

    assert "已处理 3 / 12（25%）" in page


def test_unfinished_job_can_be_looked_at_again_without_javascript(client, owner, job):
    page = show(client, owner, "desk_job", job).content.decode()

    assert f'<a class="inline" href="{reverse("desk_job", args=[job.pk])}">刷新</a>' in page


def test_failed_job_says_why(client, owner, job):
    Job.objects.update(state=JobState.FAILED, message="这个文件读不出来。")

    assert "这个文件读不出来。" in show(client, owner, "desk_job", job).content.decode()


def test_job_that_has_its_own_page_leads_there(client, owner, job):
    run(opens="/desk/import/1/")

    assert show(client, owner, "desk_job", job).url == "/desk/import/1/"


def test_output_is_downloaded_by_its_owner(client, owner, job):
    response = show(client, owner, "desk_job_output", job)

    assert b"".join(response.streaming_content).decode() == "名册"
    assert "%E5%90%8D%E5%86%8C.xlsx" in response["Content-Disposition"]


@pytest.mark.parametrize("view", JOB_VIEWS)
def test_job_of_another_does_not_exist(client, tree, teammate, job, view):
    others = [teammate, make_staff(tree.province), make_staff(tree.other_town)]

    assert [show(client, each, view, job).status_code for each in others] == [404, 404, 404]


@pytest.mark.parametrize("view", JOB_VIEWS)
def test_job_opens_for_superuser(client, job, view):
    superuser = make_member("管理员", is_staff=True, is_superuser=True)

    assert show(client, superuser, view, job).status_code == 200


@pytest.mark.parametrize("view", JOB_VIEWS)
def test_who_has_no_desk_is_refused(client, tree, owner, job, view):
    owner.staff_roles.all().delete()
    member = make_committee_member(tree.village)

    assert [show(client, each, view, job).status_code for each in (owner, member)] == [403, 403]


def test_list_holds_own_jobs_only(client, owner, teammate, job):
    ask(teammate)
    client.force_login(owner)

    assert list(client.get(reverse("desk_jobs")).context["page_obj"]) == [job]


def test_list_without_jobs_says_what_will_stand_there(client, owner):
    client.force_login(owner)

    assert "还没有任务" in client.get(reverse("desk_jobs")).content.decode()


def test_list_takes_the_same_queries_for_thirty(client, owner, job):
    client.force_login(owner)
    few = count_queries(client, "desk_jobs")
    for _each in range(29):
        ask(owner)

    assert count_queries(client, "desk_jobs") == few


def test_list_turns_its_pages(client, owner, job):
    for _each in range(30):
        ask(owner)
    client.force_login(owner)

    assert list(client.get(reverse("desk_jobs"), {"p": 2}).context["page_obj"]) == [job]


def test_list_stands_in_the_menu(client, owner):
    client.force_login(owner)
    page = client.get(reverse("desk_jobs")).content.decode()

    assert (
        f'href="{reverse("desk_jobs")}?federation={owner.staff_roles.get().federation_id}"' in page
    )
