"""Scores told anew: Progress, the steps of the score, and the marks on standings."""

from datetime import timedelta

import pytest
from django.utils import timezone

from learning.domain.progress import (
    ScoreHistory,
    lock_progress,
    lock_progress_of,
    record_hand_in,
    record_score,
    restate_scores,
)
from learning.domain.standings import fold_standings
from learning.models import Plan, PlanItem, Progress, ScoreStep, StaleStanding, Standing
from tests.factories import make_committee_member
from tests.pages import make_quiz_page

NOW = timezone.now()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def quiz(academy):
    return make_quiz_page(academy)


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


def make_plan(federation, page, **fields):
    plan = Plan.objects.create(title="任务", federation=federation, opens_at=NOW, **fields)
    PlanItem.objects.create(plan=plan, page=page)
    return plan


def restate(quiz, now=NOW + 9 * MINUTE, **histories):
    by_member = {int(pk.removeprefix("m")): history for pk, history in histories.items()}
    locked = lock_progress_of(member_ids=list(by_member), page_id=quiz.pk, now=now)
    return restate_scores(page_id=quiz.pk, steps_by_member=by_member, locked=locked, now=now)


def facts(member, quiz):
    row = Progress.objects.get(member=member, page=quiz)
    return row.handed_in_at, row.completed_at, row.passed_at, row.best_score_bp


def steps(member):
    return list(
        ScoreStep.objects.filter(member=member)
        .order_by("reached_at")
        .values_list("reached_at", "score_bp")
    )


def test_hand_in_without_a_score_finishes_the_page(member, quiz):
    progress = lock_progress(member_id=member.pk, page_id=quiz.pk, now=NOW)
    record_hand_in(progress=progress, score_bp=None, has_passed=False, now=NOW)

    assert (facts(member, quiz), steps(member)) == ((NOW, NOW, None, None), [])


def test_hand_in_with_a_lower_score_that_counts_is_a_step_down(member, quiz):
    record_score(member=member, page_id=quiz.pk, score_bp=9000, has_passed=True, now=NOW)
    progress = lock_progress(member_id=member.pk, page_id=quiz.pk, now=NOW)
    record_hand_in(progress=progress, score_bp=4000, has_passed=False, now=NOW + MINUTE)

    assert facts(member, quiz) == (NOW, NOW, NOW, 4000)
    assert steps(member) == [(NOW, 9000), (NOW + MINUTE, 4000)]


def test_restating_writes_everything_anew(member, quiz):
    record_score(member=member, page_id=quiz.pk, score_bp=9000, has_passed=True, now=NOW)
    history = ScoreHistory(NOW, None, ((NOW, 3000), (NOW + MINUTE, 5000)))

    assert restate(quiz, **{f"m{member.pk}": history}) == 1
    assert facts(member, quiz) == (NOW, NOW, None, 5000)
    assert steps(member) == [(NOW, 3000), (NOW + MINUTE, 5000)]


def test_restating_what_stands_changes_nothing(member, quiz):
    record_score(member=member, page_id=quiz.pk, score_bp=9000, has_passed=True, now=NOW)

    history = ScoreHistory(NOW, NOW, ((NOW, 9000),))
    assert restate(quiz, **{f"m{member.pk}": history}) == 0
    assert Progress.objects.get().updated_at == NOW


def test_restating_keeps_when_she_started(member, quiz):
    record_score(member=member, page_id=quiz.pk, score_bp=9000, has_passed=True, now=NOW)
    restate(quiz, **{f"m{member.pk}": ScoreHistory()})

    assert Progress.objects.get().started_at == NOW


def test_restating_leaves_other_pages_and_members_alone(member, quiz, academy, tree):
    other, elsewhere = make_committee_member(tree.village, "黄桂芳"), make_quiz_page(academy)
    for someone, page in [(member, quiz), (other, quiz), (member, elsewhere)]:
        record_score(member=someone, page_id=page.pk, score_bp=9000, has_passed=True, now=NOW)
    restate(quiz, **{f"m{member.pk}": ScoreHistory()})

    assert facts(other, quiz)[-1] == facts(member, elsewhere)[-1] == 9000
    assert ScoreStep.objects.count() == 2


def test_restating_reaches_plans_whose_cutoff_has_passed_but_no_frozen_ones(member, quiz, tree):
    passed = make_plan(tree.province, quiz, cutoff_at=NOW + MINUTE)
    make_plan(tree.province, quiz, cutoff_at=NOW + MINUTE, frozen_at=NOW + MINUTE)
    restate(quiz, **{f"m{member.pk}": ScoreHistory(NOW, None, ((NOW, 3000),))})

    assert list(StaleStanding.objects.values_list("plan", flat=True)) == [passed.pk]


def test_standing_at_a_cutoff_takes_the_step_until_then(member, quiz, tree):
    plan = make_plan(tree.province, quiz, cutoff_at=NOW + 5 * MINUTE)
    history = ScoreHistory(NOW, None, ((NOW, 8000), (NOW + 4 * MINUTE, 3000)))
    later = ScoreHistory(NOW, None, (*history.steps, (NOW + 6 * MINUTE, 9000)))
    restate(quiz, **{f"m{member.pk}": later})
    fold_standings(now=NOW + 9 * MINUTE)

    assert Standing.objects.get(plan=plan, federation=tree.village).own_score_bp == 3000


def test_marks_of_many_members_are_one_per_team(quiz, tree):
    make_plan(tree.province, quiz)
    members = [make_committee_member(tree.village, f"执委{n}") for n in range(3)]
    history = ScoreHistory(NOW, None, ((NOW, 3000),))
    restate(quiz, **{f"m{each.pk}": history for each in members})

    assert StaleStanding.objects.count() == 1
