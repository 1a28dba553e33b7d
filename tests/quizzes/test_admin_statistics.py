"""统计 and 成绩 in the admin: who may see them, and what they show."""

from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from federations.domain.jobs import run_waiting_jobs
from federations.models import Job, JobState, StaffRoleType
from quizzes.domain.statistics import compute_statistics
from quizzes.jobs import HANDLERS
from quizzes.models import QuizStatistics
from tests.counting import count_queries
from tests.editors import make_editor
from tests.factories import make_committee_member, make_staff
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question
from tests.quizzes.sitting import ignore, sit

pytestmark = pytest.mark.django_db

RIGHT, WRONG = ["b"], ["a"]


@pytest.fixture
def quiz(tree, academy):
    quiz = make_quiz_page(academy, shuffles=False, federation=tree.city)
    fix_questions(quiz, [make_question(make_bank()) for _ in range(2)])
    return quiz


@pytest.fixture
def editor(tree, quiz, home):
    return make_editor(home, tree.city)


@pytest.fixture
def stranger(tree, quiz, home):
    return make_editor(home, tree.other_city)


@pytest.fixture
def computed(tree, quiz):
    for answers in ((RIGHT, RIGHT), (RIGHT, WRONG), (WRONG, WRONG)):
        sit(make_committee_member(tree.village), quiz, answers)
    return compute_statistics(quiz=quiz, now=timezone.now(), report=ignore)


def pages_of(quiz, question=None) -> list[str]:
    question = question or quiz.fixed_questions.first().question_id
    return [
        reverse("quiz_statistics", args=[quiz.pk]),
        reverse("quiz_results", args=[quiz.pk]),
        reverse("quiz_statistics_question", args=[quiz.pk, question]),
    ]


def posts_of(quiz) -> list[str]:
    names = "quiz_statistics_compute", "quiz_results_export"
    return [reverse(name, args=[quiz.pk]) for name in names]


def test_editor_of_the_federation_sees_the_pages(client, editor, quiz, computed):
    client.force_login(editor)

    assert [client.get(url).status_code for url in pages_of(quiz)] == [200, 200, 200]


def test_pages_name_their_quiz(client, editor, quiz, computed):
    client.force_login(editor)
    contexts = [client.get(url).context for url in pages_of(quiz)]

    expected = [f"{page}：{quiz.title}" for page in ("统计", "成绩", "试题统计")]
    assert [each["header_title"] for each in contexts] == expected
    assert [each["breadcrumbs_items"][-1]["label"] for each in contexts] == expected


def test_pages_out_of_scope_do_not_exist(client, stranger, quiz, computed):
    client.force_login(stranger)

    assert [client.get(url).status_code for url in pages_of(quiz)] == [404, 404, 404]
    assert [client.post(url).status_code for url in posts_of(quiz)] == [404, 404]


def test_staff_who_are_no_editors_are_sent_away(client, tree, quiz, home, computed):
    make_editor(home, tree.province)
    client.force_login(make_staff(tree.city, StaffRoleType.VIEWER))

    responses = [client.get(url) for url in pages_of(quiz)]

    assert {each.status_code for each in responses} == {302}
    assert Job.objects.count() == 0


def test_list_shows_quizzes_in_scope(client, editor, stranger, quiz):
    for user, shown in ((editor, [quiz]), (stranger, [])):
        client.force_login(user)
        response = client.get(reverse("quiz_statistics_list"))
        assert list(response.context["object_list"]) == shown


def test_page_before_the_first_computation_offers_it(client, editor, quiz):
    client.force_login(editor)

    page = client.get(reverse("quiz_statistics", args=[quiz.pk])).content.decode()

    assert "还没有统计过" in page


def test_page_shows_figures_and_bars(client, editor, quiz, computed):
    client.force_login(editor)

    context = client.get(reverse("quiz_statistics", args=[quiz.pk])).context

    assert ("平均分", "50") in context["figures"]
    assert [bar.count for bar in context["bars"]] == [1, 0, 0, 0, 0, 1, 0, 0, 0, 1]
    assert context["items"][0]["facility"] == 67


def test_undefined_figures_are_dashes(client, tree, editor, quiz):
    sit(make_committee_member(tree.village), quiz, (RIGHT, RIGHT))
    compute_statistics(quiz=quiz, now=timezone.now(), report=ignore)
    client.force_login(editor)

    context = client.get(reverse("quiz_statistics", args=[quiz.pk])).context

    assert ("标准差", "—") in context["figures"]


def test_warnings_are_said_plainly(client, tree, editor, quiz):
    for _ in range(20):
        sit(make_committee_member(tree.village), quiz, (WRONG, RIGHT))
    compute_statistics(quiz=quiz, now=timezone.now(), report=ignore)
    client.force_login(editor)

    page = client.get(reverse("quiz_statistics", args=[quiz.pk])).content.decode()

    for words in ("错选项更受欢迎", "太难", "太易", "干扰项没人选"):
        assert words in page


def test_question_page_shows_the_distribution(client, editor, quiz, computed):
    client.force_login(editor)

    wordings = client.get(pages_of(quiz)[2]).context["wordings"]

    rows = [(row["label"], row["count"]) for row in wordings[0]["rows"]]
    assert rows == [("A. 甲", 1), ("B. 乙", 2), ("C. 丙", 0), ("D. 丁", 0), ("没有作答", 0)]


def test_question_that_was_not_asked_has_no_page(client, editor, quiz, computed):
    client.force_login(editor)

    assert client.get(pages_of(quiz, question=99_999)[2]).status_code == 404


def test_computing_is_a_job(client, tree, editor, quiz):
    sit(make_committee_member(tree.village), quiz, (RIGHT, RIGHT))
    client.force_login(editor)

    client.post(reverse("quiz_statistics_compute", args=[quiz.pk]), {"choice": "all"})
    run_waiting_jobs(handlers=HANDLERS)

    job = Job.objects.get()
    assert (job.kind, job.state, job.message) == ("quiz_statistics", JobState.DONE, "")
    assert job.result["opens"] == reverse("quiz_statistics", args=[quiz.pk])
    assert QuizStatistics.objects.get().figures["choice"] == "all"


def test_job_of_an_editor_whose_role_ended_is_refused(client, editor, quiz):
    client.force_login(editor)
    client.post(reverse("quiz_statistics_compute", args=[quiz.pk]), {"choice": "first"})
    editor.staff_roles.all().delete()

    run_waiting_jobs(handlers=HANDLERS)

    assert (Job.objects.get().state, QuizStatistics.objects.count()) == (JobState.FAILED, 0)


def test_results_list_members_in_scope(client, tree, editor, quiz):
    inside = make_committee_member(tree.village, "陈里")
    outside = make_committee_member(tree.other_village, "陈外")
    for member in (inside, outside):
        sit(member, quiz, (RIGHT, WRONG))
    client.force_login(editor)

    context = client.get(reverse("quiz_results", args=[quiz.pk])).context

    assert [(row["name"], row["score"], row["result"]) for row in context["rows"]] == [
        ("陈里", "50 分", "不及格")
    ]
    assert (context["count"], context["passed"], context["mean"]) == (1, 0, "50 分")


def test_results_are_found_by_name(client, tree, editor, quiz):
    for name in ("陈秀英", "李桂兰"):
        sit(make_committee_member(tree.village, name), quiz, (RIGHT, RIGHT))
    client.force_login(editor)

    rows = client.get(reverse("quiz_results", args=[quiz.pk]), {"q": "桂"}).context["rows"]

    assert [row["name"] for row in rows] == ["李桂兰"]


@pytest.fixture
def exported(client, tree, editor, quiz):
    """The workbook that an editor gets of a member in her scope and one out of it."""
    inside = make_committee_member(tree.village, "=1+1", phone="13900001234")
    sit(inside, quiz, (RIGHT, WRONG))
    sit(make_committee_member(tree.other_village, "陈外"), quiz, (RIGHT, WRONG))
    compute_statistics(quiz=quiz, now=timezone.now(), report=ignore)
    client.force_login(editor)
    client.post(reverse("quiz_results_export", args=[quiz.pk]))
    run_waiting_jobs(handlers=HANDLERS)
    return load_workbook(Path(Job.objects.get().output.path))


def test_export_holds_members_in_scope_inert_and_masked(exported):
    rows = list(exported["成绩"].iter_rows(min_row=2))

    assert [cell.value for cell in rows[0][:6]] == [
        "=1+1", "139****1234", "大黄村妇联", 1, 50, "不及格",
    ]  # fmt: skip
    assert (len(rows), rows[0][0].data_type) == (1, "s")


def test_export_holds_the_statistics(exported):
    quiz_rows = dict(exported["测验统计"].iter_rows(min_row=2, values_only=True))
    titles, first, *_rest = exported["试题统计"].iter_rows(values_only=True)

    assert (quiz_rows["答卷数"], quiz_rows["平均分"], quiz_rows["标准差"]) == (2, 50, 0)
    assert dict(zip(titles, first, strict=True))["得分率（%）"] == 100


@pytest.mark.parametrize("name", ["quiz_results", "quiz_statistics"])
def test_pages_take_as_many_queries_for_many(client, tree, editor, quiz, name):
    sit(make_committee_member(tree.village), quiz, (RIGHT, RIGHT))
    compute_statistics(quiz=quiz, now=timezone.now(), report=ignore)
    client.force_login(editor)
    url = reverse(name, args=[quiz.pk])
    few = count_queries(client, url)

    bank = make_bank()
    more = [make_question(bank) for _ in range(20)]
    quiz.fixed_questions.all().delete()
    fix_questions(quiz, more)
    for _ in range(12):
        sit(make_committee_member(tree.village), quiz, [RIGHT] * 20)
    compute_statistics(quiz=quiz, now=timezone.now(), report=ignore)

    assert count_queries(client, url) == few


def test_list_takes_as_many_queries_for_many(client, tree, academy, editor, quiz):
    client.force_login(editor)
    few = count_queries(client, "quiz_statistics_list")

    for _ in range(9):
        make_quiz_page(academy, federation=tree.city)

    assert count_queries(client, "quiz_statistics_list") == few
