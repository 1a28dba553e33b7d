"""The record of a scheme: what was done to it, by whom, from what to what."""

from datetime import datetime

from django.utils.translation import gettext as _

from learning.assessment.measures import all_measures
from learning.models import AssessmentEvent, AssessmentPeriod, AssessmentScheme
from learning.rules.assessment import Indicator
from members.models import Member

Changes = list[list[str]]


def note_event(
    *,
    scheme: AssessmentScheme,
    kind: str,
    now: datetime,
    by: Member | None = None,
    period: AssessmentPeriod | None = None,
    changes: Changes | None = None,
    reason: str = "",
) -> AssessmentEvent:
    """Add to the scheme's record; `by` nobody is the clock."""
    return AssessmentEvent.objects.create(
        scheme=scheme,
        period=period,
        kind=kind,
        by=by,
        at=now,
        changes=changes or [],
        reason=reason,
    )


def describe(scheme: AssessmentScheme) -> dict[str, str]:
    """Everything that people decide about a scheme, by its label."""
    told = {
        _("名称"): scheme.title,
        _("公布排名"): _("是") if scheme.is_published else _("否"),
        _("启用"): _("是") if scheme.is_running else _("否"),
    }
    return told | {str(label_of(each)): describe_indicator(each) for each in scheme.parts}


def describe_indicator(indicator: Indicator) -> str:
    """权重 20%，目标 4 学时"""
    measure = all_measures().get(indicator.measure)
    target = measure.unit.text(indicator.target) if measure else str(indicator.target)
    values = {"weight": indicator.weight, "target": target}
    return _("权重 %(weight)d%%，目标 %(target)s") % values


def label_of(indicator: Indicator):
    """What is measured; the bare key of a measure that no longer exists."""
    measure = all_measures().get(indicator.measure)
    return measure.label if measure else indicator.measure


def compare(before: dict[str, str], after: dict[str, str]) -> Changes:
    """[[label, before, after], …]; empty stands for an indicator that was not there."""
    labels = list(dict.fromkeys([*before, *after]))
    pairs = [[label, before.get(label, ""), after.get(label, "")] for label in labels]
    return [pair for pair in pairs if pair[1] != pair[2]]
