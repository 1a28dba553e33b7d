"""Schemes: made, and changed with a line in their record.

New weights hold for the period that runs and for later ones; what is over keeps its own.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from federations.models import Federation
from learning.assessment.domain.errors import SchemeChanged, SchemeRefused
from learning.assessment.domain.periods import (
    lock_period,
    lock_scheme,
    open_period,
    rescore_period,
    running_period,
)
from learning.assessment.domain.record import compare, describe, note_event
from learning.assessment.measures import all_measures
from learning.models import AssessmentEventKind, AssessmentPeriod, AssessmentScheme
from learning.rules.assessment import Indicator, missing_weight
from members.models import Member


@dataclass(frozen=True)
class Settings:
    """What may be changed of a scheme at any time."""

    title: str
    indicators: tuple[Indicator, ...]
    is_published: bool = False
    is_running: bool = True


@transaction.atomic
def create_scheme(
    *, federation: Federation, span: str, level: int, settings: Settings, by: Member, now: datetime
) -> AssessmentPeriod:
    """Returns its first period, the one that runs, not computed yet. Raises SchemeRefused."""
    if level <= federation.level:
        raise SchemeRefused(_("只能考核下面各级的单位，请换一个层级。"))
    _check(settings.indicators)
    scheme = AssessmentScheme(federation=federation, span=span, level=level)
    _put(scheme, settings)
    scheme.save()
    changes = compare({}, describe(scheme))
    note_event(scheme=scheme, kind=AssessmentEventKind.CREATED, by=by, now=now, changes=changes)
    return open_period(scheme, now)


@transaction.atomic
def edit_scheme(
    *, scheme_id: int, version: int, settings: Settings, by: Member, now: datetime
) -> AssessmentPeriod | None:
    """Change the scheme and score its running period anew, from what was measured last.

    Returns that period, not computed yet where it has just begun; None where the scheme is stopped
    and none runs. `version` is that of the scheme that the person was shown. Raises SchemeRefused
    or SchemeChanged, with nothing written.
    """
    _check(settings.indicators)
    scheme = lock_scheme(scheme_id)
    if scheme.version != version:
        raise SchemeChanged
    before = describe(scheme)
    _put(scheme, settings)
    scheme.version += 1
    scheme.save()
    period = open_period(scheme, now) if scheme.is_running else running_period(scheme, now)
    if period:
        _pass_on(scheme, period)
    if changes := compare(before, describe(scheme)):
        note_event(scheme=scheme, kind=AssessmentEventKind.EDITED, by=by, now=now, changes=changes)
    return period


def _pass_on(scheme: AssessmentScheme, period: AssessmentPeriod) -> None:
    """Give the running period the scheme's indicators, and score it by them."""
    period = lock_period(period.pk)
    if period.indicators != scheme.indicators:
        period.indicators = scheme.indicators
        period.save(update_fields=["indicators"])
        rescore_period(period)


def _put(scheme: AssessmentScheme, settings: Settings) -> None:
    scheme.title = settings.title
    scheme.indicators = [each.to_data() for each in settings.indicators]
    scheme.is_published, scheme.is_running = settings.is_published, settings.is_running


def _check(indicators: tuple[Indicator, ...]) -> None:
    if message := find_fault(indicators):
        raise SchemeRefused(message)


def find_fault(indicators: tuple[Indicator, ...]) -> str:
    """What is wrong with the indicators together, for the person; empty when nothing is."""
    if not indicators:
        return _("至少要有一项指标，请填权重和目标。")
    if len({each.measure for each in indicators}) < len(indicators):
        return _("同一项指标只能用一次。")
    known = all_measures()
    if any(each.measure not in known or each.weight < 1 or each.target < 1 for each in indicators):
        return _("每项指标的权重和目标都要大于 0。")
    missing = missing_weight(indicators)
    if missing > 0:
        return _("权重合计要是 100%%，现在还差 %d%%。") % missing
    return _("权重合计要是 100%%，现在多了 %d%%。") % -missing if missing else ""
