"""Rules and learning for the tests of the ledger."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from learning.domain.ledger import award_points
from learning.domain.outcomes import fold_outcomes
from learning.domain.progress import (
    ScoreHistory,
    complete_page,
    lock_progress_of,
    record_score,
    restate_scores,
)
from learning.models import LedgerEntry, PointRule

NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = timedelta(days=1)


def make_rule(behaviour="lesson_micro", points=5, credit=25, daily_cap=None, **fields):
    fields.setdefault("starts_on", date(2026, 1, 1))
    return PointRule.objects.create(
        behaviour=behaviour, points=points, credit=credit, daily_cap=daily_cap, **fields
    )


def learn(member, page, at=NOW, seconds=300):
    complete_page(member=member, page_id=page.pk, now=at, seconds=seconds)


def hand_in(member, page, at=NOW, *, has_passed=True):
    record_score(member=member, page_id=page.pk, score_bp=8000, has_passed=has_passed, now=at)


def restate(member, page, now=NOW, *, handed_in_at=None, passed_at=None):
    """Tell her scores at the page anew; without moments everything there is void."""
    steps = ((handed_in_at, 8000),) if handed_in_at else ()
    locked = lock_progress_of(member_ids=[member.pk], page_id=page.pk, now=now)
    history = ScoreHistory(handed_in_at, passed_at, steps)
    restate_scores(page_id=page.pk, steps_by_member={member.pk: history}, locked=locked, now=now)


def fold(now=NOW):
    return fold_outcomes(followers=[award_points], now=now)


def entries(member=None):
    """(key, points, credit) in the order of writing."""
    rows = LedgerEntry.objects.filter(member=member) if member else LedgerEntry.objects.all()
    return list(rows.order_by("pk").values_list("key", "points", "credit"))
