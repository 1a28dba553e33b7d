"""Who learns all along, and whether every federation has its chair."""

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import TruncWeek

from federations.models import Appointment, Federation, Position
from learning.assessment.measures.base import Ground, Values
from learning.models import LedgerEntry, Span
from learning.rules.figures import per_mille

# In so many different weeks she must have learned: about every second one.
ACTIVE_WEEKS = {Span.MONTH: 2, Span.QUARTER: 6, Span.YEAR: 24}


def active_members(ground: Ground) -> Values:
    """Share, in per mille, of the counted members with something in the ledger in enough weeks.

    Her weeks are looked up in the index `ledger_member`, for the members of these units only: a
    county's scheme does not read the province's ledger.
    """
    entries = LedgerEntry.objects.filter(
        member=OuterRef("member"), day__range=(ground.window.first, ground.as_of)
    )
    weeks = (
        entries.order_by().values("member").annotate(weeks=Count(TruncWeek("day"), distinct=True))
    )
    roster = Appointment.objects.counted().in_force(ground.as_of)
    teams = roster.filter(ground.is_within("federation__")).annotate(
        weeks=Subquery(weeks.values("weeks"))
    )
    is_active = Q(weeks__gte=ACTIVE_WEEKS[ground.window.span])
    by_path = teams.order_by().values_list("federation__path")
    return _shares(
        ground, by_path.annotate(active=Count("pk", filter=is_active), whole=Count("pk"))
    )


def filled_chairs(ground: Ground) -> Values:
    """Share, in per mille, of the federations at and below the unit that have a chair in force."""
    chairs = Appointment.objects.in_force(ground.as_of).filter(
        federation=OuterRef("pk"), position=Position.CHAIR
    )
    places = Federation.objects.filter(ground.is_within()).annotate(has_chair=Exists(chairs))
    rows = places.values_list("path", "has_chair")
    return _shares(ground, ((path, int(has_chair), 1) for path, has_chair in rows))


def _shares(ground: Ground, by_path) -> Values:
    sums = ground.add_up(by_path, width=2)
    return {unit: per_mille(part, whole) for unit, (part, whole) in sums.items()}
