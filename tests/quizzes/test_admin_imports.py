"""导入试题 from the upload to the workbook with the errors, through the admin."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from federations.domain.jobs import run_waiting_jobs
from federations.models import Job, JobState
from quizzes.jobs import HANDLERS
from quizzes.models import Question, QuestionBank
from tests.counting import count_queries
from tests.editors import make_editor
from tests.factories import make_member

pytestmark = pytest.mark.django_db

HEADER = ["题型", "题干", "选项A", "选项B", "答案"]
SOUND = ["单选题", "国际妇女节是几月几日？", "3 月 8 日", "6 月 1 日", "A"]
SECOND = ["判断题", "妇联是群团组织。", "", "", "对"]
WRONG = ["单选题", "没有答案的题？", "甲", "乙", "Z"]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor(client, home, academy, tree):
    editor = make_editor(home, tree.town)
    client.force_login(editor)
    return editor


@pytest.fixture
def bank(tree):
    return QuestionBank.objects.create(name="松口题库", federation=tree.town)


def workbook(*rows, name="试题.xlsx") -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in (HEADER, *rows):
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def upload(client, file, **data):
    return client.post(reverse("import_upload"), {"file": file, "bank": "", "new_bank": ""} | data)


def check(client, file, bank) -> Job:
    upload(client, file, bank=bank.pk)
    return Job.objects.filter(kind="question_import_check").first()


def import_checked(client, job) -> Job:
    client.post(reverse("import_check", args=[job.pk]))
    run_waiting_jobs(handlers=HANDLERS)
    return Job.objects.filter(kind="question_import").first()


def counts(job) -> dict[str, int]:
    return {key: count for key, count in job.result["counts"].items() if count}


def form_errors(response) -> dict:
    return response.context["form"].errors


def test_small_file_is_checked_at_once(client, editor, bank):
    job = check(client, workbook(SOUND, SECOND, WRONG), bank)

    assert (job.state, counts(job)) == (JobState.DONE, {"imported": 2, "problem": 1})


def test_check_writes_nothing(client, editor, bank):
    check(client, workbook(SOUND), bank)

    assert Question.objects.count() == 0


def test_check_shows_rows_and_preview(client, editor, bank):
    job = check(client, workbook(SOUND, SOUND, WRONG), bank)
    page = client.get(reverse("job", args=[job.pk]), follow=True).content.decode()

    words = ("没有答案的题" in page, "国际妇女节是几月几日？" in page, "导入这 1 道题" in page)
    assert words == (False, True, True)
    assert [len(job.result[key]) for key in ("problem", "duplicate")] == [1, 1]


def test_lists_of_a_check_turn_pages(client, editor, bank):
    rows = [["单选题", f"第 {number} 道没有答案的题", "甲", "乙", "Z"] for number in range(31)]
    job = check(client, workbook(*rows), bank)

    page = client.get(reverse("import_check", args=[job.pk]) + "?problem=2")

    assert len(page.context["sections"][0]["page"].object_list) == 1


def test_check_says_whether_it_was_written(client, editor, bank):
    job = check(client, workbook(SOUND), bank)
    url, words = reverse("import_check", args=[job.pk]), ("还没有写入", "正在写入", "已经写入")
    steps = [
        lambda: None,
        lambda: client.post(url),
        lambda: run_waiting_jobs(handlers=HANDLERS),
    ]

    said = []
    for step in steps:
        step()
        page = client.get(url).content.decode()
        said.append(([word for word in words if word in page], "导入这 1 道题" in page))

    assert said == [(["还没有写入"], True), (["正在写入"], False), (["已经写入"], False)]


@pytest.mark.parametrize(
    ("rows", "words"),
    [([WRONG], "没有一道题能导入"), ([], "没有找到试题")],
    ids=["problems", "empty"],
)
def test_check_of_a_file_without_good_rows_says_why(client, editor, bank, rows, words):
    job = check(client, workbook(*rows), bank)
    page = client.get(reverse("import_check", args=[job.pk])).content.decode()

    assert (words in page, "没有变化：" in page) == (True, False)


def test_import_files_what_was_checked(client, editor, bank):
    job = import_checked(client, check(client, workbook(SOUND, WRONG), bank))

    assert (job.state, counts(job)) == (JobState.DONE, {"imported": 1, "problem": 1})
    assert [question.bank for question in Question.objects.all()] == [bank]


def test_result_leads_to_the_bank_and_the_errors(client, editor, bank):
    job = import_checked(client, check(client, workbook(SOUND, WRONG), bank))
    page = client.get(reverse("job", args=[job.pk])).content.decode()
    errors = client.get(reverse("job_output", args=[job.pk]))

    book = openpyxl.load_workbook(BytesIO(b"".join(errors.streaming_content)))
    rows = list(book.active.values)
    assert f"{reverse('question:index')}?bank={bank.pk}" in page
    assert [row[1] for row in rows] == ["题干", WRONG[1]]


def test_second_import_changes_nothing(client, editor, bank):
    import_checked(client, check(client, workbook(SOUND), bank))
    job = check(client, workbook(SOUND), bank)
    page = client.get(reverse("import_check", args=[job.pk])).content.decode()

    again = import_checked(client, job)

    assert "没有变化" in page
    assert (counts(again), again.result["notes"][1]) == (
        {"unchanged": 1},
        "没有变化：文件里能导入的题，题库里都已经有了。",
    )


def test_double_press_is_one_import(client, editor, bank):
    job = check(client, workbook(SOUND), bank)
    urls = [client.post(reverse("import_check", args=[job.pk])).url for _each in range(2)]

    assert (len(set(urls)), Job.objects.filter(kind="question_import").count()) == (1, 1)


def test_new_bank_belongs_to_her_federation(client, tree, editor):
    upload(client, workbook(SOUND), new_bank=" 新 题库 ")
    assert not QuestionBank.objects.exists()
    import_checked(client, Job.objects.get())

    bank = QuestionBank.objects.get()
    assert (bank.name, bank.federation, bank.questions.count()) == ("新 题库", tree.town, 1)


def test_name_of_a_bank_of_others_is_refused(client, tree, editor):
    QuestionBank.objects.create(name="别人的", federation=tree.other_town)

    assert form_errors(upload(client, workbook(SOUND), new_bank="别人的")) == {
        "new_bank": ["已经有同名的题库，请在上面选它，或者换一个名称。"]
    }


def test_bank_is_asked_for(client, editor):
    assert form_errors(upload(client, workbook(SOUND))) == {
        "bank": ["请选择一个题库，或者填写新题库的名称。"]
    }


def test_bank_of_others_is_not_chosen(client, tree, editor):
    foreign = QuestionBank.objects.create(name="上级的", federation=tree.county)

    assert list(form_errors(upload(client, workbook(SOUND), bank=foreign.pk))) == ["bank"]


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("试题.xlsx", b"not a workbook"),
        SimpleUploadedFile("试题.exe", b"MZ"),
        SimpleUploadedFile("试题.zip", b"PK\x03\x04 broken"),
    ],
    ids=["broken", "unknown", "broken_zip"],
)
def test_unreadable_file_is_explained_and_nothing_kept(client, editor, bank, file):
    response = upload(client, file, bank=bank.pk)

    assert list(form_errors(response)) == ["file"]
    assert not Job.objects.exists()


def test_large_file_is_refused(client, editor, bank, monkeypatch):
    monkeypatch.setattr("quizzes.forms.desk.LARGEST_FILE", 100)

    response = upload(client, workbook(SOUND), bank=bank.pk)

    assert "超过了 20 MB；请把它分成几份" in form_errors(response)["file"][0]


def test_real_workbook_goes_through_the_background(client, editor, bank, shared_data):
    source = shared_data / "questions" / "national_security_contest_2022.xlsx"
    job = check(client, SimpleUploadedFile(source.name, source.read_bytes()), bank)
    assert job.state == JobState.QUEUED
    run_waiting_jobs(handlers=HANDLERS)
    job.refresh_from_db()
    tried = counts(job)
    page = client.get(reverse("job", args=[job.pk]), follow=True)

    done = import_checked(client, job)

    assert page.status_code == 200
    assert tried["imported"] > 2500
    assert (counts(done), Question.objects.count()) == (tried, tried["imported"])


def test_role_that_ended_meanwhile_imports_nothing(client, editor, bank):
    job = check(client, workbook(SOUND), bank)
    client.post(reverse("import_check", args=[job.pk]))
    editor.staff_roles.update(ends_on="2025-12-31")
    run_waiting_jobs(handlers=HANDLERS)

    done = Job.objects.get(kind="question_import")
    assert (done.state, done.message, Question.objects.count()) == (
        JobState.FAILED,
        "这个题库不在您的编辑范围内，没有导入。请重新选择题库。",
        0,
    )


def test_check_of_a_teammate_is_not_found(client, home, tree, editor, bank):
    job = check(client, workbook(SOUND), bank)
    client.force_login(make_editor(home, tree.town))
    url = reverse("import_check", args=[job.pk])

    assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]


def test_superuser_looks_but_does_not_import_for_others(client, editor, bank):
    job = check(client, workbook(SOUND), bank)
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))
    url = reverse("import_check", args=[job.pk])

    assert [client.get(url).status_code, client.post(url).status_code] == [200, 404]


def test_upload_is_closed_to_an_ended_role(client, editor):
    editor.staff_roles.update(ends_on="2025-12-31")

    assert client.get(reverse("import_upload")).status_code == 302


def test_check_takes_the_same_queries_for_thirty(client, editor, bank):
    urls = []
    for count in (1, 30):
        rows = [["判断题", f"第 {number} 道题。", "", "", "对"] for number in range(count)]
        urls.append(reverse("import_check", args=[check(client, workbook(*rows), bank).pk]))

    few, many = (count_queries(client, url) for url in urls)
    assert few == many


@pytest.mark.parametrize(("ticked", "needs_review"), [({"needs_review": "on"}, True), ({}, False)])
def test_new_bank_is_reviewed_as_the_form_says(client, editor, ticked, needs_review):
    assert client.get(reverse("import_upload")).context["form"]["needs_review"].value()
    upload(client, workbook(SOUND), new_bank="新的", **ticked)
    import_checked(client, Job.objects.get())

    assert QuestionBank.objects.get(name="新的").needs_review is needs_review


def test_long_file_name_is_no_obstacle(client, editor, bank):
    job = check(client, workbook(SOUND, WRONG, name="题" * 95 + ".xlsx"), bank)
    done = import_checked(client, job)

    assert (job.state, done.state) == (JobState.DONE, JobState.DONE)
    assert counts(done) == {"imported": 1, "problem": 1}


def test_csv_is_listed_by_its_own_name(client, editor, bank):
    rows = "\n".join(",".join(row) for row in (HEADER[1:], SOUND[1:]))
    job = check(client, SimpleUploadedFile("单选题.csv", rows.encode()), bank)

    assert counts(job) == {"imported": 1}
