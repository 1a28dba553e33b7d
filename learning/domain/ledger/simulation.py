"""What a new rule would have paid last month, beside what today's rules pay for the same learning.

Members are read in slices; what is kept of all of them is how often each sum of points occurs.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.timezone import get_current_timezone, make_aware

from learning.domain.ledger.reading import read_events
from learning.models import Progress
from learning.rules.points import Award, Event, Version, earn, version_on
from members.models import Member

SLICE = 1000
# The top figure: so much, or more, has one member in a hundred.
TOP_PER_CENT = 1
Report = Callable[[int, int], None]


@dataclass
class Tally:
    """What the members of the month earn. `spread`: sum of points → how many members have it."""

    credit: int = 0
    spread: Counter = field(default_factory=Counter)

    def add(self, awards: list[Award]) -> int:
        points = sum(award.points for award in awards)
        self.spread[points] += 1
        self.credit += sum(award.credit for award in awards)
        return points

    def figures(self) -> dict[str, int]:
        """`mean_tenths`: tenths of a point, rounded half up; credits in hundredths."""
        members = self.spread.total()
        points = sum(sum_ * count for sum_, count in self.spread.items())
        return {
            "points": points,
            "credit": self.credit,
            "mean_tenths": (20 * points + members) // (2 * members) if members else 0,
            "top": self._top(members),
        }

    def _top(self, members: int) -> int:
        left = -(-members * TOP_PER_CENT // 100)
        for points in sorted(self.spread, reverse=True):
            left -= self.spread[points]
            if left <= 0:
                return points
        return 0


@dataclass
class Simulation:
    """`members` learned something in the month; of them so many gain or lose points."""

    first: date
    last: date
    members: int = 0
    gaining: int = 0
    losing: int = 0
    present: Tally = field(default_factory=Tally)
    proposed: Tally = field(default_factory=Tally)

    def add(self, present: list[Award], proposed: list[Award]) -> None:
        before, after = self.present.add(present), self.proposed.add(proposed)
        self.members += 1
        self.gaining += after > before
        self.losing += after < before

    def to_data(self) -> dict:
        """As plain JSON."""
        figures = {"present": self.present.figures(), "proposed": self.proposed.figures()}
        days = {"first": self.first.isoformat(), "last": self.last.isoformat()}
        counts = {name: getattr(self, name) for name in ("members", "gaining", "losing")}
        return figures | days | counts


def simulate_rule(
    *, candidate: Version, versions: list[Version], today: date, report: Report
) -> Simulation:
    """Let `candidate` take the place of its behaviour's rule for the whole of last month."""
    first, last = last_month(today)
    present = rules_today(versions, today)
    others = [each for each in present if each.behaviour != candidate.behaviour]
    proposed = [*others, replace(candidate, starts_on=date.min)]
    simulation = Simulation(first, last)
    for events in _read_members(first, last, report):
        simulation.add(_earn(events, present), _earn(events, proposed))
    return simulation


def last_month(today: date) -> tuple[date, date]:
    """The first and the last day of the month before."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def rules_today(versions: list[Version], today: date) -> list[Version]:
    """Today's version of every behaviour, as if it had always been in force."""
    names = {version.behaviour for version in versions}
    found = [version_on(versions, name, today) for name in sorted(names)]
    return [replace(version, starts_on=date.min) for version in found if version]


def version_data(version: Version) -> dict:
    """As plain JSON; version_from reads it."""
    return asdict(version) | {"starts_on": version.starts_on.isoformat()}


def version_from(data: dict) -> Version:
    return Version(**data | {"starts_on": date.fromisoformat(data["starts_on"])})


def _earn(events: list[Event], versions: list[Version]) -> list[Award]:
    return earn(events, versions, zone=get_current_timezone())


def _read_members(first: date, last: date, report: Report) -> Iterator[list[Event]]:
    """The events of the month of each member who has any."""
    begins, ends = _midnight(first), _midnight(last + timedelta(days=1))
    total, done, after = Member.objects.count(), 0, 0
    ids = Member.objects.order_by("pk").values_list("pk", flat=True)
    while batch := list(ids.filter(pk__gt=after)[:SLICE]):
        rows = Progress.objects.filter(
            _happened_within(begins, ends), member_id__gt=after, member_id__lte=batch[-1]
        )
        for events in read_events(rows).values():
            if within := [each for each in events if begins <= each.at < ends]:
                yield within
        after, done = batch[-1], done + len(batch)
        report(done, total)


def _happened_within(begins: datetime, ends: datetime) -> Q:
    moments = ("completed_at", "handed_in_at", "passed_at")
    condition = Q()
    for moment in moments:
        condition |= Q(**{f"{moment}__gte": begins, f"{moment}__lt": ends})
    return condition


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
