"""Boards of the weeks and months that the history fills, opened and frozen as the clock would."""

from datetime import timedelta

from django.utils import timezone

from config.demo.history import DAYS_BACK
from learning.domain.boards import open_boards
from learning.domain.standings import freeze_due_plans, rebuild_open_standings

WEEK = timedelta(weeks=1)


def load_boards() -> None:
    """From the oldest week on, so that every board knows the one before it."""
    now = timezone.now()
    for weeks_ago in range(DAYS_BACK // WEEK.days, -1, -1):
        open_boards(now=now - weeks_ago * WEEK)
    freeze_due_plans(now=now)
    rebuild_open_standings(now=now)
