"""What a desk sees of the assessments: its own, and of those from above what is about its units.

At the federation that made the scheme every unit is seen. Below it a place sees itself and the
units of its own subtree, with the rank that they have among all; who the others are stays hidden
until the scheme is published.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from federations.models import Federation
from federations.models.federation import subtree_range
from federations.scope import within_paths
from learning.models import AssessmentPeriod, AssessmentResult, AssessmentScheme


@dataclass(frozen=True)
class Entry:
    """A line of the list: a scheme, its latest period, and the place's own result in it."""

    scheme: AssessmentScheme
    period: AssessmentPeriod | None
    own: AssessmentResult | None
    ranked: int


def schemes_at(place: Federation) -> QuerySet[AssessmentScheme]:
    """Its own, and those from above that assess it or units below it, or did so once."""
    below = within_paths("federation__path", [place.path])
    assessed = AssessmentResult.objects.filter(below, period__scheme=OuterRef("pk"))
    concerns = Q(federation=place) | Q(is_running=True) | Exists(assessed)
    made = AssessmentScheme.objects.filter(federation__path__in=place.paths_down_to_here)
    return made.filter(concerns, level__gte=place.level).select_related("federation")


def entries_at(place: Federation) -> list[Entry]:
    """Four queries, however many schemes there are."""
    latest = AssessmentPeriod.objects.filter(scheme=OuterRef("pk")).order_by("-first_day")
    schemes = list(schemes_at(place).annotate(latest=Subquery(latest.values("pk")[:1])))
    periods = AssessmentPeriod.objects.in_bulk([s.latest for s in schemes if s.latest])
    results = AssessmentResult.objects.filter(period__in=periods)
    own = {each.period_id: each for each in results.filter(federation=place)}
    ranked = dict(
        results.filter(rank__isnull=False).order_by().values_list("period").annotate(Count("pk"))
    )
    return [
        Entry(s, periods.get(s.latest), own.get(s.latest), ranked.get(s.latest, 0)) for s in schemes
    ]


def units_without(root: Federation, level: int) -> list[Federation]:
    """The highest places of the subtree that have no unit of that level: 东莞 has no counties."""
    # Steps of a path end at Z: no path below is behind this one.
    last = Concat(OuterRef("path"), Value("Z" * (Federation.steplen + 1)))
    units = Federation.objects.filter(level=level, path__gt=OuterRef("path"), path__lt=last)
    higher = Federation.objects.below(root).filter(level__lt=level)
    found: list[Federation] = []
    for place in higher.exclude(Exists(units.order_by())).order_by("path"):
        if not found or not place.path.startswith(found[-1].path):
            found.append(place)
    return found


@dataclass(frozen=True)
class Sight:
    """A period of a scheme, as it is seen at a place."""

    scheme: AssessmentScheme
    period: AssessmentPeriod
    place: Federation

    @property
    def is_owner(self) -> bool:
        return self.place.pk == self.scheme.federation_id

    @property
    def sees_all(self) -> bool:
        return self.is_owner or self.scheme.is_published

    @cached_property
    def results(self) -> QuerySet[AssessmentResult]:
        """Those that may be seen here, ranked ones first."""
        results = self.period.results.select_related("federation")
        if self.sees_all:
            return results
        return results.filter(federation__path__range=subtree_range(self.place.path))

    @cached_property
    def left_out(self) -> list[Federation]:
        """Who has nobody at the assessed level, as far as it may be seen here."""
        root = self.scheme.federation if self.sees_all else self.place
        return units_without(root, self.scheme.level)

    @cached_property
    def own(self) -> AssessmentResult | None:
        return self.period.results.filter(federation=self.place).first()

    @cached_property
    def ranked(self) -> int:
        """How many units have a rank, seen here or not."""
        return self.period.results.filter(rank__isnull=False).count()

    @cached_property
    def previous(self) -> AssessmentPeriod | None:
        """The period before this one, when the scheme had one."""
        earlier = self.scheme.periods.filter(first_day__lt=self.period.first_day)
        return earlier.order_by("-first_day").first()

    @property
    def is_comparable(self) -> bool:
        return self.previous is not None and self.previous.indicators == self.period.indicators

    def before(self, units: list[int]) -> dict[int, AssessmentResult]:
        """The results of the given federations in the previous period."""
        if self.previous is None:
            return {}
        results = self.previous.results.filter(federation__in=units)
        return {each.federation_id: each for each in results}
