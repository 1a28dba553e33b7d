"""Whoever came further is looked at once, and one member's trouble is hers alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from learning.domain.outcomes import (
    RETRY_AFTER,
    fold_outcomes,
    fold_outcomes_for,
    mark_outcomes,
)
from learning.domain.progress import complete_page, record_score
from learning.models import OutcomeMark
from tests.factories import make_committee_member
from tests.pages import make_quiz_page

NOW = timezone.now()


class Follower:
    """Notes whom it was shown; breaks on one member."""

    def __init__(self, breaks_on: int | None = None):
        self.seen: list[list[int]] = []
        self.breaks_on = breaks_on

    def __call__(self, *, member_ids, now):
        self.seen.append(member_ids)
        if self.breaks_on in member_ids:
            raise ValueError


@pytest.fixture
def members(tree):
    return [make_committee_member(tree.village) for _each in range(2)]


def test_each_marked_member_is_shown_once(members):
    first, second = (member.pk for member in members)
    mark_outcomes(member_ids=[second, first], now=NOW)
    mark_outcomes(member_ids=[first], now=NOW)
    follower = Follower()

    assert fold_outcomes(followers=[follower], now=NOW) == 3
    assert follower.seen == [[first, second]]
    assert fold_outcomes(followers=[follower], now=NOW) == 0


@pytest.mark.parametrize(("seconds", "folded"), [(60, 2), (0, 0)])
def test_fold_begins_nothing_after_its_time(members, seconds, folded):
    mark_outcomes(member_ids=[member.pk for member in members], now=NOW)

    assert fold_outcomes_for(seconds=seconds, followers=[Follower()], now=NOW) == folded
    assert OutcomeMark.objects.count() == 2 - folded


def test_events_mark_their_member(academy, members):
    quiz = make_quiz_page(academy)
    complete_page(member=members[0], page_id=academy.pk, now=NOW)
    complete_page(member=members[0], page_id=academy.pk, now=NOW)  # nothing new
    record_score(member=members[1], page_id=quiz.pk, score_bp=5, has_passed=False, now=NOW)

    marked = list(OutcomeMark.objects.order_by("pk").values_list("member_id", flat=True))
    assert marked == [member.pk for member in members]


def test_failing_member_is_tried_again_later_and_holds_up_nobody(members):
    first, second = (member.pk for member in members)
    mark_outcomes(member_ids=[first, second], now=NOW)
    follower = Follower(breaks_on=first)
    fold_outcomes(followers=[follower], now=NOW)

    assert follower.seen == [[first, second], [first], [second]]
    assert OutcomeMark.objects.get().member_id == first
    assert fold_outcomes(followers=[follower], now=NOW + timedelta(minutes=1)) == 0
    assert fold_outcomes(followers=[Follower()], now=NOW + RETRY_AFTER) == 1


def test_followers_share_a_transaction(members):
    """What the first has written is gone when the second fails."""
    mark_outcomes(member_ids=[members[0].pk], now=NOW)

    def write(*, member_ids, now):
        OutcomeMark.objects.create(member_id=member_ids[0], due_at=now + timedelta(days=9))

    fold_outcomes(followers=[write, Follower(breaks_on=members[0].pk)], now=NOW)

    assert OutcomeMark.objects.count() == 1
