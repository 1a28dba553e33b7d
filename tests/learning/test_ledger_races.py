"""Folds that run at once on a real database pay nothing twice."""

import time
from threading import Event

import pytest
from django.db.models import Sum
from wagtail.models import Page

from cms.models import AcademyPage
from learning.domain import outcomes
from learning.domain.growth import follow_growth
from learning.domain.ledger import award_points
from learning.domain.outcomes import fold_outcomes, fold_outcomes_for, mark_outcomes
from learning.models import Growth, LedgerEntry, Stage
from tests.factories import make_committee_member
from tests.learning.ledgers import NOW, learn, make_rule
from tests.pages import make_course, make_lesson
from tests.quizzes.test_attempt_races import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
LESSONS, MEMBERS = 6, 5


def test_folds_at_once_pay_once(tree):
    root = Page.get_first_root_node()
    course = make_course(root.add_child(instance=AcademyPage(title="执委学堂", slug="academy")))
    make_rule(daily_cap=20)
    pages = [make_lesson(course) for _each in range(LESSONS)]
    members = [make_committee_member(tree.village) for _each in range(MEMBERS)]
    for member in members:
        for page in pages:
            learn(member, page)

    def work(_number):
        # Marks of its own, so that every fold has something to do with every member.
        mark_outcomes(member_ids=[member.pk for member in members], now=NOW)
        fold_outcomes(followers=[award_points, follow_growth], now=NOW)

    at_once(work, 4)

    sums = LedgerEntry.objects.values("member").annotate(points=Sum("points"), credit=Sum("credit"))
    assert {(row["points"], row["credit"]) for row in sums} == {(20, 25 * LESSONS)}
    assert LedgerEntry.objects.count() == MEMBERS * LESSONS
    assert Growth.objects.filter(lessons=LESSONS, stage=Stage.SPROUT).count() == MEMBERS


def test_folds_at_once_share_the_marks(tree, monkeypatch):
    monkeypatch.setattr(outcomes, "MARKS_PER_FOLD", 1)
    members = [make_committee_member(tree.village).pk for _each in range(MEMBERS)]
    mark_outcomes(member_ids=members, now=NOW)
    seen = []

    def follow(*, member_ids, now):
        seen.extend(member_ids)

    at_once(lambda _number: fold_outcomes_for(seconds=60, followers=[follow], now=NOW), 2)

    assert sorted(seen) == members


def test_whole_fold_waits_for_what_another_process_has_in_hand(tree):
    mark_outcomes(member_ids=[make_committee_member(tree.village).pk], now=NOW)
    begun, seen = Event(), []

    def follow_slowly(*, member_ids, now):
        begun.set()
        time.sleep(0.5)
        seen.extend(member_ids)

    def work(number):
        if number == 0:
            fold_outcomes_for(seconds=60, followers=[follow_slowly], now=NOW)
            return None
        begun.wait(10)
        fold_outcomes(followers=[follow_growth], now=NOW)
        return len(seen)

    assert at_once(work, 2) == [None, 1]
