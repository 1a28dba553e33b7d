"""Publishing a quiz with another rule for the score that counts."""

import pytest
from django.urls import reverse
from django.utils import timezone

from federations.domain.jobs import run_waiting_jobs
from federations.models import Job, JobState
from learning.models import Progress
from quizzes.jobs import HANDLERS
from quizzes.models import KeptScore
from tests.editors import confirm_direct_publishing
from tests.factories import make_committee_member, make_member
from tests.quizzes.attempt_steps import make_quiz, take
from tests.quizzes.quiz_forms import FIELDS, FORMSETS

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(academy, tree):
    quiz = make_quiz(academy)
    member = make_committee_member(tree.village)
    take(member, quiz, right=4)
    take(member, quiz, right=2)
    return quiz


@pytest.fixture
def chief(client):
    chief = make_member("林编辑", is_staff=True, is_superuser=True)
    client.force_login(chief)
    return chief


def publish(client, quiz, **changes):
    counts = {f"{name}-{key}_FORMS": 0 for name in FORMSETS for key in ("TOTAL", "INITIAL")}
    uses = list(quiz.fixed_questions.all())
    counts |= {"fixed_questions-TOTAL_FORMS": len(uses), "fixed_questions-INITIAL_FORMS": len(uses)}
    for place, use in enumerate(uses):
        row = {"id": use.pk, "question": use.question_id, "points": 1, "ORDER": place}
        counts |= {f"fixed_questions-{place}-{name}": value for name, value in row.items()}
    data = counts | FIELDS | {"slug": quiz.slug, "action-direct": "1"} | changes
    client.post(reverse("wagtailadmin_pages:edit", args=[quiz.pk]), data)
    confirm_direct_publishing(client, quiz)


def counting_score(quiz) -> int:
    return Progress.objects.get(page_id=quiz.pk).best_score_bp


def test_another_rule_counts_every_score_anew(client, chief, quiz):
    assert counting_score(quiz) == 10_000

    publish(client, quiz, kept_score=KeptScore.AVERAGE)
    run_waiting_jobs(handlers=HANDLERS)

    assert counting_score(quiz) == 7_500


def test_another_title_counts_nothing_anew(client, chief, quiz):
    publish(client, quiz)
    run_waiting_jobs(handlers=HANDLERS)
    publish(client, quiz, title="换个名字")

    assert not Job.objects.filter(state=JobState.QUEUED).exists()


def test_rule_that_the_clock_publishes_counts_anew(chief, quiz):
    quiz.kept_score = KeptScore.AVERAGE
    revision = quiz.save_revision(user=chief, approved_go_live_at=timezone.now())
    revision.publish()
    run_waiting_jobs(handlers=HANDLERS)

    assert counting_score(quiz) == 7_500
    assert Job.objects.get().owner == chief


def test_older_draft_that_is_published_counts_by_its_own_rule(client, chief, quiz):
    older = quiz.save_revision(user=chief)
    publish(client, quiz, kept_score=KeptScore.AVERAGE)
    run_waiting_jobs(handlers=HANDLERS)
    older.publish()
    run_waiting_jobs(handlers=HANDLERS)

    assert counting_score(quiz) == 10_000


def test_saving_warns_of_what_is_told_too_early(client, chief, quiz):
    publish(client, quiz)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[quiz.pk])).content.decode()

    assert "可以答不止一次" in page
