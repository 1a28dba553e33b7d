"""导出试题: what the list shows comes out as a file, in the background."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from federations.domain.jobs import run_waiting_jobs
from federations.models import Job, JobState
from quizzes.domain.bank import save_question
from quizzes.jobs import HANDLERS
from quizzes.models import QuestionBank
from quizzes.question_types.base import Authoring, Part
from tests.editors import make_editor
from tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor(client, home, academy, tree):
    editor = make_editor(home, tree.town)
    client.force_login(editor)
    return editor


def make_bank(name, federation, *stems) -> QuestionBank:
    bank = QuestionBank.objects.create(name=name, federation=federation)
    for stem in stems:
        save_question(bank=bank, type="judge", stem=stem, options=(), answers=("对",))
    return bank


@pytest.fixture
def bank(tree):
    return make_bank("松口题库", tree.town, "妇女节在三月。", "=1+1 等于二。")


def export(client, query="", format="excel") -> Job:
    client.post(reverse("question_export") + query, {"format": format})
    run_waiting_jobs(handlers=HANDLERS)
    return Job.objects.get()


def download(client, job) -> bytes:
    return b"".join(client.get(reverse("job_output", args=[job.pk])).streaming_content)


def texts(client, job) -> set:
    book = openpyxl.load_workbook(BytesIO(download(client, job)))
    return {cell for sheet in book for row in sheet.values for cell in row}


def test_filtered_questions_come_out(client, tree, editor, bank):
    make_bank("另一个", tree.village, "儿童节在六月。")

    found = texts(client, export(client, f"?bank={bank.pk}&q=妇女"))

    assert [stem in found for stem in ("妇女节在三月。", "=1+1 等于二。", "儿童节在六月。")] == [
        True,
        False,
        False,
    ]


def test_job_names_the_bank_the_format_and_how_many(client, editor, bank):
    assert export(client, f"?bank={bank.pk}").title == "导出试题（Excel 表格）：松口题库，2 道"


def test_job_of_several_banks_says_so(client, tree, editor, bank):
    make_bank("另一个", tree.village, "儿童节在六月。")

    assert export(client).title == "导出试题（Excel 表格）：另一个等 2 个题库，3 道"


def test_page_says_how_many(client, editor, bank):
    response = client.get(reverse("question_export") + f"?bank={bank.pk}")

    assert response.context["count"] == 2


def test_questions_of_others_stay(client, tree, editor, bank):
    foreign = make_bank("上级的", tree.county, "劳动节在五月。")

    counts = [
        client.get(reverse("question_export") + query).context["count"]
        for query in ("", f"?bank={foreign.pk}")
    ]

    assert counts == [2, 0]


def test_formula_stays_a_text(client, editor, bank):
    book = openpyxl.load_workbook(BytesIO(download(client, export(client))))

    kinds = {cell.data_type for sheet in book for row in sheet for cell in row if cell.value}
    assert kinds <= {"s", "n"}


@pytest.mark.parametrize("format", ["gift", "moodle_xml", "qti"])
def test_other_formats_come_out(client, editor, bank, format):
    job = export(client, format=format)

    assert (job.state, job.result["lines"][0]) == (JobState.DONE, ["导出", "2"])
    assert download(client, job)


def test_questions_that_do_not_fit_are_listed(client, tree, editor):
    bank = make_bank("材料", tree.town, "妇女节在三月。")
    part = Part("judge", Authoring("可以马上离开。", (), ("错",)))
    save_question(
        bank=bank, type="case", stem="深夜来求助。", options=(), answers=(), parts=(part,)
    )
    job = export(client, format="gift")

    assert job.result["lines"] == [["导出", "1"], ["这种格式放不下，没有导出", "1"]]
    assert len(job.result["notes"]) == 1


def test_list_leads_to_the_export_of_what_it_shows(client, editor, bank):
    page = client.get(reverse("question:index") + "?q=妇女&p=1").content.decode()

    assert f'{reverse("question_export")}?q=%E5%A6%87%E5%A5%B3"' in page


def test_bank_leads_to_its_export(client, editor, bank):
    page = client.get(reverse("questionbank:index")).content.decode()

    assert f'{reverse("question_export")}?bank={bank.pk}"' in page


def test_role_that_ended_meanwhile_exports_nothing(client, editor, bank):
    client.post(reverse("question_export"), {"format": "excel"})
    editor.staff_roles.update(ends_on="2025-12-31")
    run_waiting_jobs(handlers=HANDLERS)

    assert Job.objects.get().state == JobState.FAILED


def test_export_is_its_owners(client, home, tree, editor, bank):
    job = export(client)
    client.force_login(make_editor(home, tree.town))
    teammate = client.get(reverse("job_output", args=[job.pk])).status_code
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))

    superuser = client.get(reverse("job_output", args=[job.pk])).status_code
    assert (teammate, superuser) == (404, 200)


def test_page_is_closed_to_an_ended_role(client, editor):
    editor.staff_roles.update(ends_on="2025-12-31")

    assert client.get(reverse("question_export")).status_code == 302
