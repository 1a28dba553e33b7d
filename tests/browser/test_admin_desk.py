"""Pages of the desk whose scripts matter: the marker's quick keys, a job that is followed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from federations.domain.jobs import ask_for_job
from federations.models import Federation, Job, JobState
from quizzes.domain.bank import save_question
from quizzes.models import QuestionBank
from tests.browser.conftest import PC, enter
from tests.editors import make_editor
from tests.factories import make_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions
from tests.quizzes.sitting import sit


@pytest.fixture
def editor(home, academy, tree):
    return make_editor(home, tree.province)


@pytest.fixture
def page(new_context, live_server, editor):
    context = new_context(PC)
    enter(context, live_server.url, editor)
    return context.new_page()


@pytest.fixture
def quiz(academy, tree):
    bank = QuestionBank.objects.create(name="走访")
    question = save_question(
        bank=bank,
        type="short",
        stem="怎样接待来访的姐妹？",
        options=(),
        answers=("先倾听，再登记。",),
        settings={"rubric": "倾听|4\n登记|3"},
    )
    quiz = make_quiz_page(academy, federation=Federation.get_first_root_node())
    fix_questions(quiz, [question])
    return quiz


def test_full_marks_are_given_by_a_key(page, quiz):
    sit(make_member(), quiz, [["先听她说完。"]])
    page.goto(reverse("marking_next", args=[quiz.pk]))

    page.keyboard.press("f")

    fields = page.locator("input[data-full]")
    assert [fields.nth(place).input_value() for place in range(2)] == ["4", "3"]


def test_page_of_a_job_follows_it(page, editor):
    job = ask_for_job(kind="question_export", title="导出", owner=editor, params={})
    page.goto(reverse("job", args=[job.pk]))

    Job.objects.filter(pk=job.pk).update(state=JobState.DONE, finished_at=timezone.now())

    page.locator("[data-job-finished]").wait_for()
