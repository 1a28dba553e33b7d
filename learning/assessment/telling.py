"""How a result came about, in words and sums that can be checked on paper."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from learning.assessment.measures import Unit, all_measures, decimal_text
from learning.assessment.queries import Sight
from learning.models import AssessmentPeriod, AssessmentResult
from learning.rules.assessment import POINT, Indicator

PLAIN = Unit("count", 1)
MOST_NAMED = 10


@dataclass(frozen=True)
class Line:
    """An indicator of a result as people read it; `sum_text` is the calculation."""

    label: Any
    explanation: Any
    weight: int
    target: str
    value: str
    points: str
    sum_text: str


def left_out_text(sight: Sight) -> str:
    """Whom the scheme leaves out, so that nobody looks for them; empty where all are assessed."""
    units = sight.left_out
    if not units:
        return ""
    told = {
        "names": "、".join(each.name for each in units[:MOST_NAMED]),
        "count": len(units),
        "level": sight.scheme.get_level_display(),
    }
    if len(units) > MOST_NAMED:
        return _("%(names)s等 %(count)d 个单位下面没有%(level)s，不在这个考核里。") % told
    return _("%(names)s下面没有%(level)s，不在这个考核里。") % told


def tell_result(result: AssessmentResult, period: AssessmentPeriod) -> list[Line]:
    return [
        _tell(indicator, result.values.get(indicator.measure), points)
        for indicator, points in zip(period.parts, result.points, strict=True)
    ]


def _tell(indicator: Indicator, value: int | None, points: int | None) -> Line:
    measure = all_measures().get(indicator.measure)
    unit = measure.unit if measure else PLAIN
    return Line(
        label=measure.label if measure else indicator.measure,
        explanation=measure.explanation if measure else "",
        weight=indicator.weight,
        target=unit.text(indicator.target),
        value=unit.text(value),
        points=points_text(points),
        sum_text=_sum_text(indicator, value, points, unit),
    )


def _sum_text(indicator: Indicator, value: int | None, points: int | None, unit: Unit) -> str:
    told = {
        "value": unit.text(value),
        "target": unit.text(indicator.target),
        "weight": indicator.weight,
        "points": points_text(points),
    }
    if value is None:
        return _("没有可以考核的数据，这一项不计，其余各项折算成 100 分")
    if value >= indicator.target:
        return _("%(value)s，达到目标 %(target)s，得满分 %(weight)s 分") % told
    return _("%(value)s ÷ 目标 %(target)s × %(weight)s 分 = %(points)s 分") % told


def tell_total(result: AssessmentResult, period: AssessmentPeriod) -> str:
    """16 + 24.5 = 40.5 分；有没考核的项时 (16 + 24.5) ÷ 80 × 100 = 50.63 分"""
    counted = [
        (points, each.weight)
        for points, each in zip(result.points, period.parts, strict=True)
        if points is not None
    ]
    if not counted:
        return _("没有可以考核的数据，没有总分")
    parts = " + ".join(points_text(points) for points, _weight in counted)
    weight = sum(weight for _points, weight in counted)
    told = {"parts": parts, "weight": weight, "total": points_text(result.total)}
    if weight == 100:
        return _("%(parts)s = %(total)s 分") % told
    return _("(%(parts)s) ÷ %(weight)s × 100 = %(total)s 分") % told


def points_text(points: int | None) -> str:
    """Hundredths as people read them: 16, 24.5, 50.63; a dash where there are none."""
    return "—" if points is None else decimal_text(points, POINT)


def change_text(now: int | None, before: int | None) -> str:
    """上升 3.2 分, 下降 1 分, 持平; empty where there is nothing to compare."""
    if now is None or before is None:
        return ""
    if now == before:
        return _("持平")
    word = _("上升 %s 分") if now > before else _("下降 %s 分")
    return word % points_text(abs(now - before))
