"""Two assessments: a county's of its towns, and a city's of its counties that all of them see.

Each has the period that runs and the one before it, which its board has frozen.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from config.demo.people import COUNTY_STAFF, OPERATOR
from federations.models import Federation, Level
from learning.assessment.domain import (
    Settings,
    compute_open_periods,
    compute_period,
    create_scheme,
)
from learning.models import Span
from learning.rules.assessment import Indicator
from members.models import Member

# Shares in tenths of a percent, hours in hundredths.
INDICATORS = (
    Indicator("joined", 40, 600),
    Indicator("credit", 30, 50),
    Indicator("passed", 20, 800),
    Indicator("chairs", 10, 1000),
)


@dataclass(frozen=True)
class Scheme:
    owner: str
    title: str
    level: Level
    by: str
    is_published: bool


SCHEMES = (
    Scheme("梅县区", "镇街妇联月度学习考核", Level.TOWN, COUNTY_STAFF.phone, False),
    Scheme("梅州市", "县区妇联月度学习考核", Level.COUNTY, OPERATOR.phone, True),
)


def load_assessments() -> None:
    now = timezone.now()
    for scheme in SCHEMES:
        begin(scheme, last_month(now), now)
    compute_open_periods(now=now)


def begin(scheme: Scheme, begun_at: datetime, now: datetime) -> None:
    """Begun a month ago; what is over is frozen as it is computed."""
    period = create_scheme(
        federation=Federation.objects.get(name=scheme.owner),
        span=Span.MONTH,
        level=scheme.level,
        settings=Settings(scheme.title, INDICATORS, is_published=scheme.is_published),
        by=Member.objects.get(phone=scheme.by),
        now=begun_at,
    )
    compute_period(period_id=period.pk, now=now)


def last_month(now: datetime) -> datetime:
    return timezone.localtime(now).replace(day=1, hour=9) - timedelta(days=20)
