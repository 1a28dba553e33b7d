"""Boards of the weeks and months that the history fills, opened and frozen as the clock would."""

from datetime import timedelta

from django.utils import timezone

from config.demo.history import DAYS_BACK
from learning.domain.boards import open_boards
from learning.domain.standings import freeze_due_plans, rebuild_open_standings
from learning.models import Plan, PlanKind, Span

WEEK = timedelta(weeks=1)
# In hundredths of a 学时. The demo's few lessons never come to a year's fifty: nobody would be
# complete, and every unit the first.
TARGETS = {Span.WEEK: 25, Span.MONTH: 75, Span.QUARTER: 125, Span.YEAR: 200}


def load_boards() -> None:
    """From the oldest week on, so that every board knows the one before it."""
    now = timezone.now()
    for weeks_ago in range(DAYS_BACK // WEEK.days, -1, -1):
        open_boards(now=now - weeks_ago * WEEK)
    periods = Plan.boards.filter(kind=PlanKind.PERIOD, frozen_at=None)
    for span, target in TARGETS.items():
        periods.filter(span=span).update(credit_target=target)
    freeze_due_plans(now=now)
    rebuild_open_standings(now=now)
