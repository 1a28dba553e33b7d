"""From what members do to a frozen ranking: real boards of periods, nothing put by hand."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import TestCase

from learning.assessment import domain
from learning.domain.boards import open_boards
from learning.domain.ledger import award_points
from learning.domain.outcomes import fold_outcomes
from learning.domain.progress import complete_page, record_score
from learning.domain.standings import fold_standings, freeze_due_plans, rebuild_standings
from learning.models import AssessmentPeriod, Plan
from learning.rules.assessment import Indicator
from tests.factories import make_committee_member, make_staff
from tests.learning.ledgers import make_rule
from tests.pages import make_lesson, make_quiz_page

NOW = datetime(2026, 11, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
END = datetime(2026, 12, 1, 4, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
JOINED_AND_PASSED = (Indicator("joined", 60, 1000), Indicator("passed", 40, 1000))
HOURS = (Indicator("credit", 50, 100), Indicator("joined", 50, 1000))


@pytest.fixture
def learned(tree, academy):
    """Of ten in 松口镇 six finish a lesson (0.5 学时), three pass; of ten in 沙面街道 one, one."""
    make_rule("lesson_micro", credit=50, starts_on=NOW.date().replace(month=1))
    lesson, quiz = make_lesson(academy), make_quiz_page(academy)
    for place, people, finished, passed in [(tree.town, 10, 6, 3), (tree.other_town, 10, 1, 1)]:
        for number in range(people):
            member = make_committee_member(place, f"执委{number}")
            if number < finished:
                complete_page(member=member, page_id=lesson.pk, now=NOW)
                score = 9000 if number < passed else 3000
                record_score(
                    member=member,
                    page_id=quiz.pk,
                    score_bp=score,
                    has_passed=number < passed,
                    now=NOW,
                )


def tick(now):
    """What the clock does, in its order; a test's transaction never commits."""
    with TestCase.captureOnCommitCallbacks():
        open_boards(now=now)
    for plan in Plan.boards.filter(frozen_at=None):
        rebuild_standings(plan_id=plan.pk, now=now)
    fold_outcomes(followers=[award_points], now=now)
    fold_standings(now=now)
    freeze_due_plans(now=now)
    domain.compute_open_periods(now=now)


def ranking(period):
    rows = period.results.exclude(rank=None)
    return [(row.rank, row.name, row.points, row.total) for row in rows]


def test_events_become_a_ranking_that_weights_change_until_it_is_frozen(tree, learned):
    manager = make_staff(tree.province)
    period = domain.create_scheme(
        federation=tree.province,
        span="month",
        level=4,
        settings=domain.Settings("镇街考核", JOINED_AND_PASSED),
        by=manager,
        now=NOW,
    )

    tick(NOW + timedelta(minutes=1))

    # 6 of 10 × 60 = 36, 3 of 6 × 40 = 20; 1 of 10 × 60 = 6, 1 of 1 × 40 = 40
    assert ranking(period) == [
        (1, "松口镇", [3600, 2000], 5600),
        (2, "沙面街道", [600, 4000], 4600),
    ]

    domain.edit_scheme(
        scheme_id=period.scheme_id,
        version=1,
        settings=domain.Settings("镇街考核", HOURS),
        by=manager,
        now=NOW + timedelta(minutes=2),
    )

    # 6 × 0.5 学时 ÷ 10 = 0.3 of 1: 15, and 30; 0.05: 2.5, and 5
    by_hours = [(1, "松口镇", [1500, 3000], 4500), (2, "沙面街道", [250, 500], 750)]
    assert ranking(period) == by_hours
    tick(NOW + timedelta(minutes=3))
    assert ranking(period) == by_hours

    tick(END)

    period.refresh_from_db()
    assert (period.frozen_at, ranking(period)) == (END, by_hours)

    late = make_committee_member(tree.other_town, "来晚了")
    complete_page(member=late, page_id=Plan.boards.get(kind="quiz").items.get().page_id, now=END)
    domain.edit_scheme(
        scheme_id=period.scheme_id,
        version=2,
        settings=domain.Settings("镇街考核", JOINED_AND_PASSED),
        by=manager,
        now=END,
    )
    tick(END + timedelta(days=1))

    period.refresh_from_db()
    december = AssessmentPeriod.objects.get(key="month-2026-12")
    assert (period.parts, ranking(period)) == (HOURS, by_hours)
    assert (december.parts, december.is_frozen) == (JOINED_AND_PASSED, False)
