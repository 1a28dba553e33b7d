"""A month's board with figures, and a scheme that assesses the towns of a city."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from learning.assessment import domain
from learning.models import AssessmentPeriod
from learning.rules.assessment import Indicator
from tests.factories import make_staff
from tests.learning.assessment.boards import make_board, put_figures

NOW = datetime(2026, 11, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
HALF_AND_HALF = (Indicator("joined", 60, 1000), Indicator("credit", 40, 400))


@pytest.fixture
def manager(tree):
    return make_staff(tree.city)


@pytest.fixture
def board(tree):
    """两镇: 松口镇 with 20 due, 石扇镇 with 10."""
    board = make_board(tree.province, "month-2026-11")
    put_figures(board, tree.town, due=20, joined=15, completed=8, credit=6400)
    put_figures(board, tree.county, due=20, joined=15, completed=8, credit=6400)
    return board


@pytest.fixture
def period(tree, manager, board) -> AssessmentPeriod:
    """Of a scheme by the city for its counties; computed."""
    period = domain.create_scheme(
        federation=tree.city,
        span="month",
        level=3,
        settings=domain.Settings("县区月度考核", HALF_AND_HALF),
        by=manager,
        now=NOW,
    )
    domain.compute_period(period_id=period.pk, now=NOW)
    period.refresh_from_db()
    return period
