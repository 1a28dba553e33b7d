"""A scheme's periods: opened with a copy of its indicators, scored from what was measured."""

from datetime import datetime

from django.utils.timezone import localdate

from learning.models import AssessmentPeriod, AssessmentResult, AssessmentScheme
from learning.rules.assessment import Indicator, rank_units, score_unit
from learning.rules.figures import MIN_RANKED_DUE
from learning.rules.periods import period_of

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
    window = period_of(localdate(now), scheme.span)
    period, _made = AssessmentPeriod.objects.get_or_create(
        scheme=scheme,
        key=window.key,
        defaults={
            "first_day": window.first,
            "last_day": window.last,
            "indicators": scheme.indicators,
        },
    )
    return period


def running_period(scheme: AssessmentScheme, now: datetime) -> AssessmentPeriod | None:
    """The period that runs now, where there is one."""
    return scheme.periods.filter(key=period_of(localdate(now), scheme.span).key).first()


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
    write_results(results, SCORED)


def write_results(results: list[AssessmentResult], fields: list[str]) -> None:
    """Insert, or write these columns of, all results of a period: a statement per batch.

    An update would name every row in a CASE of its own for every column.
    """
    for result in results:
        result.pk = None
    AssessmentResult.objects.bulk_create(
        results,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["period", "federation"],
        update_fields=fields,
    )
