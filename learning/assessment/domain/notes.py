"""A correction of what is frozen: said in words, beside figures that stay as they are."""

from datetime import datetime

from django.db import transaction

from learning.assessment.domain.errors import PeriodOpen
from learning.assessment.domain.periods import lock_period
from learning.assessment.domain.record import note_event
from learning.models import AssessmentEvent, AssessmentEventKind
from members.models import Member


@transaction.atomic
def note_period(*, period_id: int, text: str, by: Member, now: datetime) -> AssessmentEvent:
    """Shown with the result from now on, also in the bulletin. Raises PeriodOpen."""
    period = lock_period(period_id)
    if not period.is_frozen:
        raise PeriodOpen
    kind = AssessmentEventKind.NOTED
    return note_event(scheme=period.scheme, period=period, kind=kind, by=by, now=now, reason=text)
