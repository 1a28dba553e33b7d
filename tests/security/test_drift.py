"""Row: scores recomputed from raw answers, standings rebuilt: equal.

Owners: tests/learning/test_standings_machine.py, tests/learning/test_ledger_machine.py,
tests/quizzes/test_corrections.py.
"""

from random import Random

import pytest
from django.utils import timezone

from learning.domain.standings import fold_standings, rebuild_standings
from learning.models import Plan, PlanItem, Progress
from quizzes.domain.attempts import recount
from quizzes.models import Attempt
from tests.factories import make_committee_member
from tests.quizzes.sitting import sit

KEYS = (["b"], ["b"], ["只有钥匙里才有的话"])


@pytest.fixture
def evening(tree, quiz) -> list:
    """Ten members of four villages sit twice each, as luck will have it."""
    plan = Plan.objects.create(title="任务", federation=tree.province, opens_at=timezone.now())
    PlanItem.objects.create(plan=plan, page=quiz)
    luck = Random(7)
    villages = [tree.village, tree.sibling_village, tree.other_village, tree.dongguan_town]
    members = [make_committee_member(luck.choice(villages), f"执委{n}") for n in range(10)]
    for member in members * 2:
        sit(member, quiz, [key if luck.random() < 0.6 else ["a"] for key in KEYS])
    fold_standings(now=timezone.now())
    return members


def test_scores_are_those_of_the_answers(evening):
    """Right answers counted by hand, of 10,000 points."""
    for attempt in Attempt.objects.all():
        given = [attempt.answers[f"q{place}"]["r"] for place in range(len(KEYS))]
        right = sum(answer == key for answer, key in zip(given, KEYS, strict=True))
        assert abs(attempt.score_bp - right * 10_000 / len(KEYS)) <= 1


def test_recount_changes_nothing(evening, quiz):
    before = list(Progress.objects.order_by("pk").values("member", "best_score_bp", "passed_at"))
    for member in evening:
        recount(member_id=member.pk, quiz=quiz, now=timezone.now())
    after = list(Progress.objects.order_by("pk").values("member", "best_score_bp", "passed_at"))

    assert (after, len(after)) == (before, len(evening))


def test_rebuilt_standings_are_the_folded(evening):
    plan = Plan.objects.get()
    rebuild_standings(plan_id=plan.pk, now=timezone.now())
    fold_standings(now=timezone.now())

    assert rebuild_standings(plan_id=plan.pk, now=timezone.now(), check=True).differences == []
