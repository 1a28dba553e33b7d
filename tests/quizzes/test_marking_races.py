"""Real threads: two people who mark one answer at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from cms.models import AcademyPage
from quizzes.domain.marking import MarkRefused, give_mark
from quizzes.models import ManualMark
from tests.factories import make_member
from tests.quizzes.test_marking import hand_in

THREADS = 8

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def academy(tree):
    root = Page.get_first_root_node()
    return root.add_child(instance=AcademyPage(title="执委学堂", slug="academy"))


def mark_at_once(attempt) -> list[str]:
    """What each of several markers is told; empty when her mark was taken."""
    markers = [make_member(f"阅卷人{number}") for number in range(THREADS)]
    barrier = Barrier(THREADS)

    def mark(marker) -> str:
        now = timezone.now()
        barrier.wait()
        try:
            give_mark(attempt_id=attempt.pk, place=0, marker=marker, percent=50, now=now)
        except MarkRefused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(mark, markers))


def test_of_markers_at_once_one_is_taken(tree, academy):
    attempt = hand_in(tree, academy, count=2, texts=("一", "二"))

    told = mark_at_once(attempt)

    assert (ManualMark.objects.count(), told.count("")) == (1, 1)
    assert set(told) - {""} == {"别的阅卷人刚刚评完了这一份，您的评分没有保存，请看下一份。"}


def test_of_second_markers_at_once_two_are_taken(tree, academy):
    attempt = hand_in(tree, academy, second_marking=True)

    told = mark_at_once(attempt)

    attempt.refresh_from_db()
    assert (ManualMark.objects.count(), told.count(""), attempt.score_bp) == (2, 2, 5000)
