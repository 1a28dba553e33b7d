"""Two runs of the task at once, and a task against a review: no doubles, nothing lost."""

import pytest
from django.utils import timezone
from wagtail.models import Page

from cms.models import AcademyPage
from quizzes.domain.mistakes import make_cards, record_review
from quizzes.models import Attempt, ReviewCard
from tests.factories import make_committee_member
from tests.quizzes.misses import hand_in, make_quiz
from tests.quizzes.test_attempt_races import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def quiz(tree):
    root = Page.get_first_root_node()
    return make_quiz(root.add_child(instance=AcademyPage(title="执委学堂", slug="academy")))


def test_runs_at_once_make_no_doubles_and_lose_no_miss(monkeypatch, tree, quiz):
    monkeypatch.setattr("quizzes.domain.mistakes.collecting.BATCH", 2)
    now = timezone.now()
    members = [make_committee_member(tree.village, f"执委{n}") for n in range(4)]
    for _ in range(3):
        for member in members:
            hand_in(member, quiz, {}, now)
    taken = at_once(lambda _number: make_cards(now=now))
    make_cards(now=now)

    assert sum(taken) <= len(members) * 3
    assert not Attempt.objects.filter(has_cards=False).exists()
    counts = ReviewCard.objects.values_list("miss_count", flat=True)
    assert list(counts) == [3] * (len(members) * 3)


def test_one_answer_sent_many_times_at_once_counts_once(tree, quiz):
    member, now = make_committee_member(tree.village), timezone.now()
    hand_in(member, quiz, {}, now)
    make_cards(now=now)
    card = ReviewCard.objects.first()
    at_once(
        lambda _number: record_review(
            card_id=card.pk, member=member, is_right=False, last_reviewed_at=None, now=now
        )
    )

    card.refresh_from_db()
    assert card.miss_count == 2
