"""A scheme's periods: opened with a copy of its indicators, scored from what was measured."""

from datetime import datetime

from django.utils.timezone import localdate

from learning.assessment.windows import Window, window_of
from learning.models import AssessmentPeriod, AssessmentResult, AssessmentScheme
from learning.rules.assessment import Indicator, rank_units, score_unit
from learning.rules.figures import MIN_RANKED_DUE

SCORED = ["points", "total", "rank"]
WRITTEN = ["name", "due", "values", *SCORED]
BATCH = 500


def lock_scheme(scheme_id: int) -> AssessmentScheme:
    return AssessmentScheme.objects.select_for_update(of=("self",)).get(pk=scheme_id)


def lock_period(period_id: int) -> AssessmentPeriod:
    """Also waits for whoever changes the weights of the period."""
    return AssessmentPeriod.objects.select_for_update(of=("self",)).get(pk=period_id)


def open_period(scheme: AssessmentScheme, now: datetime) -> AssessmentPeriod:
    """The period that runs now, made when it is not there yet; the caller holds the scheme."""
    window = window_of(localdate(now), scheme.span)
    period, _made = AssessmentPeriod.objects.get_or_create(
        scheme=scheme,
        key=window.key,
        defaults={
            "first_day": window.first_day,
            "last_day": window.last_day,
            "indicators": scheme.indicators,
        },
    )
    return period


def window_for(period: AssessmentPeriod, span: str) -> Window:
    return Window(period.key, span, period.first_day, period.last_day)


def score_results(results: list[AssessmentResult], indicators: tuple[Indicator, ...]) -> None:
    """Fill points, total and rank of all results of a period, from their values."""
    for result in results:
        score = score_unit(values=result.values, indicators=indicators)
        result.points, result.total = list(score.points), score.total
    ranks = rank_units(
        {
            result.federation_id: result.total
            for result in results
            if result.due >= MIN_RANKED_DUE and result.total is not None
        }
    )
    for result in results:
        result.rank = ranks.get(result.federation_id)


def rescore_period(period: AssessmentPeriod) -> None:
    """Score what was measured by the period's indicators; the caller holds the period."""
    results = list(period.results.all())
    score_results(results, period.parts)
    AssessmentResult.objects.bulk_update(results, SCORED, batch_size=BATCH)
