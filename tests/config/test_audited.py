"""What stands in the audit trail, whichever view or job did it."""

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from django.urls import reverse
from xlsxwriter import Workbook

from cms.models import ArticlePage, ColumnPage
from config.groups import set_up_groups
from federations.domain.jobs import ask_for_job, keep_output, run_waiting_jobs
from federations.models import StaffRole, StaffRoleType
from federations.workbooks.writing import INERT, write_rows
from members.models import Action, AuditEntry
from members.origin import Origin, coming_from
from tests.factories import make_committee_member, make_member, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser(client, home):
    set_up_groups(root_page=home)
    member = make_member("管理员", is_staff=True, is_superuser=True)
    client.force_login(member)
    return member


def entry(action: Action) -> AuditEntry:
    return AuditEntry.objects.get(action=action)


def write_workbook() -> bytes:
    file = BytesIO()
    with Workbook(file, INERT | {"in_memory": True}) as book:
        write_rows(book, "名单", ("姓名",), [("陈秀英",)])
    return file.getvalue()


def test_file_from_the_admin_is_written_down(client, superuser):
    client.get(reverse("audit:index") + "?export=xlsx")

    found = entry(Action.EXPORTED)
    assert (found.actor_id, found.detail) == (superuser.pk, {"view": "audit:index"})


def test_file_of_a_job_is_written_down_when_it_is_taken(client, tree, home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    manager = make_staff(tree.town)
    path = tmp_path / "people.txt"
    path.write_text("x")
    job = ask_for_job(kind="write", title="名单", owner=manager)
    run_waiting_jobs(
        handlers={
            "write": lambda job, report: keep_output(job=job, path=path, name="名单.txt") or {}
        }
    )
    client.force_login(manager)

    response = client.get(reverse("desk_job_output", args=[job.pk]))

    assert response.status_code == 200
    assert entry(Action.EXPORTED).detail == {"view": "desk_job_output", "pk": job.pk}


def test_page_that_is_looked_at_is_not_an_export(client, superuser):
    client.get(reverse("audit:index"))

    assert not AuditEntry.objects.exists()


def test_new_role_and_its_end_are_written_down(client, tree, superuser):
    member = make_committee_member(tree.village)
    data = {"member": member.pk, "federation": tree.town.pk, "role": "viewer"}
    client.post(reverse("staffrole:add"), data | {"starts_on": "2026-01-01"})
    role = StaffRole.objects.get()

    client.post(reverse("staffrole:delete", args=[role.pk]))

    rows = AuditEntry.objects.filter(action=Action.ROLE_CHANGED, subject_id=str(member.pk))
    assert [each.detail["is_deleted"] for each in rows.order_by("pk")] == [False, True]
    assert {each.detail["role"] for each in rows} == {StaffRoleType.VIEWER}


def test_role_that_passes_to_another_is_written_down_for_both(client, tree, superuser):
    before, after = make_committee_member(tree.village), make_committee_member(tree.village)
    data = {"federation": tree.town.pk, "role": "viewer", "starts_on": "2026-01-01"}
    client.post(reverse("staffrole:add"), data | {"member": before.pk})
    role = StaffRole.objects.get()

    passed_on = {"member": after.pk, "role": "editor"}
    client.post(reverse("staffrole:edit", args=[role.pk]), data | passed_on)

    rows = AuditEntry.objects.filter(action=Action.ROLE_CHANGED).order_by("pk")
    noted = [(int(row.subject_id), row.detail["role"], row.detail["is_deleted"]) for row in rows]
    assert noted == [
        (before.pk, "viewer", False),
        (before.pk, "viewer", True),
        (after.pk, "editor", False),
    ]


def test_publishing_and_taking_down_are_written_down(home, superuser):
    column = home.add_child(instance=ColumnPage(title="专栏", slug="column"))
    article = column.add_child(instance=ArticlePage(title="文章", slug="article", live=False))

    with coming_from(lambda: Origin(member=superuser)):
        article.save_revision().publish()
        article.refresh_from_db()
        article.unpublish()

    published, taken_down = entry(Action.PUBLISHED), entry(Action.UNPUBLISHED)
    assert (published.actor_id, taken_down.actor_id) == (superuser.pk, superuser.pk)
    assert published.subject_id == taken_down.subject_id == str(article.pk)


def test_workbook_bears_the_name_of_who_asked_for_it(tree):
    manager = make_staff(tree.town, name="林主任")

    with coming_from(lambda: Origin(member=manager)):
        file = write_workbook()

    [sheet] = openpyxl.load_workbook(BytesIO(file)).worksheets
    assert f"林主任（账号 {manager.pk}）" in sheet.oddFooter.center.text
    assert any(name.startswith("xl/media/") for name in ZipFile(BytesIO(file)).namelist())


def test_workbook_of_nobody_bears_no_name():
    [sheet] = openpyxl.load_workbook(BytesIO(write_workbook())).worksheets

    assert sheet.oddFooter.center.text is None


def test_workbook_of_a_job_bears_the_name_of_its_owner(tree, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    files = []
    ask_for_job(kind="write", title="名单", owner=make_staff(tree.town, name="林主任"))

    run_waiting_jobs(handlers={"write": lambda job, report: files.append(write_workbook()) or {}})

    [sheet] = openpyxl.load_workbook(BytesIO(files[0])).worksheets
    assert "林主任" in sheet.oddFooter.center.text
