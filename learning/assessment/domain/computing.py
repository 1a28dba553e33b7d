"""Measure the units of a period and write what they come to."""

from datetime import datetime

from django.db import transaction

from learning.assessment.domain.periods import (
    WRITTEN,
    lock_period,
    lock_scheme,
    open_period,
    score_results,
    write_results,
)
from learning.assessment.domain.record import note_event
from learning.assessment.measures import Ground, measure_all
from learning.models import (
    AssessmentEventKind,
    AssessmentPeriod,
    AssessmentResult,
    AssessmentScheme,
)
from learning.rules.periods import period_of


def compute_open_periods(*, now: datetime) -> int:
    """Open the periods that have begun and compute all that are not frozen; how many.

    Safe to repeat: what did not change comes out the same.
    """
    for scheme_id in AssessmentScheme.objects.filter(is_running=True).values_list("pk", flat=True):
        with transaction.atomic():
            open_period(lock_scheme(scheme_id), now)
    waiting = AssessmentPeriod.objects.filter(frozen_at=None).order_by("pk")
    periods = list(waiting.values_list("pk", flat=True))
    return sum(compute_period(period_id=pk, now=now) for pk in periods)


def compute_period(*, period_id: int, now: datetime) -> bool:
    """Measure, score and rank every unit of the period; says whether it was still open.

    A period that is over is frozen with this, once the board that it rests on is.
    """
    period = AssessmentPeriod.objects.select_related("scheme__federation").get(pk=period_id)
    if period.is_frozen:
        return False
    scheme = period.scheme
    window = period_of(period.first_day, scheme.span)
    ground = Ground(root=scheme.federation, level=scheme.level, window=window, now=now)
    # Asked first: what is read after the board was frozen is what the board keeps.
    is_settled = ground.is_settled
    # Measured outside the lock, so that nobody who saves weights waits for it.
    results = _measured(ground)
    return _write(period_id, results, is_settled=is_settled, now=now)


def _measured(ground: Ground) -> list[AssessmentResult]:
    values, cells = measure_all(ground), ground.cells
    return [
        AssessmentResult(
            federation=unit,
            name=unit.name,
            due=cells[unit.pk].due if unit.pk in cells else 0,
            values=values[unit.pk],
        )
        for unit in ground.units
    ]


@transaction.atomic
def _write(
    period_id: int, results: list[AssessmentResult], *, is_settled: bool, now: datetime
) -> bool:
    period = lock_period(period_id)
    if period.is_frozen:
        return False
    for result in results:
        result.period = period
    score_results(results, period.parts)
    _replace(period, results)
    period.computed_at, period.frozen_at = now, now if is_settled else None
    period.save(update_fields=["computed_at", "frozen_at"])
    if is_settled:
        kind = AssessmentEventKind.FROZEN
        note_event(scheme=period.scheme, period=period, kind=kind, now=now)
    return True


def _replace(period: AssessmentPeriod, results: list[AssessmentResult]) -> None:
    """Units that are no longer there go, the others keep their rows."""
    units = {result.federation_id for result in results}
    gone = set(period.results.values_list("federation_id", flat=True)) - units
    if gone:
        period.results.filter(federation__in=gone).delete()
    write_results(results, WRITTEN)
