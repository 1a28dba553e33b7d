"""Points (积分) and credit hours (学时): what a member's acts earn under dated rules.

学时 are hundredths: 100 is one credit hour. Points have a cap per behaviour and local day, credit
hours have none: they tell what was learned, and the clock limits that already.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

MEDIUM_OVER = 15 * 60
LONG_FROM = 30 * 60


class Act(StrEnum):
    """What a member does with a page; each counts once for her and the page."""

    LESSON = "lesson"
    HAND_IN = "hand_in"
    PASS = "pass"  # noqa: S105 she has passed
    COURSE = "course"


@dataclass(frozen=True)
class Event:
    """`seconds` is the lesson's length when she finished it; an unknown one counts as short."""

    act: Act
    page_id: int
    at: datetime
    seconds: int = 0

    @property
    def key(self) -> str:
        return f"{self.act}:{self.page_id}"


@dataclass(frozen=True)
class Behaviour:
    """What a rule is about: an act, of lessons longer than `over` and at most `up_to` seconds."""

    act: Act
    over: int = -1
    up_to: int | None = None

    def covers(self, event: Event) -> bool:
        is_within = event.seconds > self.over and (
            self.up_to is None or event.seconds <= self.up_to
        )
        return event.act is self.act and is_within


# Every event falls under at most one behaviour.
BEHAVIOURS = {
    "lesson_micro": Behaviour(Act.LESSON, up_to=MEDIUM_OVER),
    "lesson_medium": Behaviour(Act.LESSON, over=MEDIUM_OVER, up_to=LONG_FROM - 1),
    "lesson_long": Behaviour(Act.LESSON, over=LONG_FROM - 1),
    "quiz_handed_in": Behaviour(Act.HAND_IN),
    "quiz_passed": Behaviour(Act.PASS),
    "course_finished": Behaviour(Act.COURSE),
}


@dataclass(frozen=True)
class Version:
    """A rule of one behaviour, in force from `starts_on` until the next one of it starts.

    `daily_cap` is in points; None: there is no cap.
    """

    id: int
    behaviour: str
    points: int
    credit: int
    daily_cap: int | None
    starts_on: date


@dataclass(frozen=True)
class Award:
    """What an event earned. `full_points` is what it would have without the cap of its day."""

    event: Event
    day: date
    version: Version
    points: int
    full_points: int

    @property
    def credit(self) -> int:
        return self.version.credit

    @property
    def is_cut(self) -> bool:
        return self.points < self.full_points


def name_behaviour(event: Event) -> str | None:
    return next((name for name, each in BEHAVIOURS.items() if each.covers(event)), None)


def version_on(versions: Iterable[Version], behaviour: str, day: date) -> Version | None:
    """The version in force on the day."""
    begun = [v for v in versions if v.behaviour == behaviour and v.starts_on <= day]
    return max(begun, key=lambda version: version.starts_on, default=None)


def earn(events: Iterable[Event], versions: Sequence[Version], *, zone: tzinfo) -> list[Award]:
    """What one member's events earn, in their order.

    The version in force on the event's local day counts; what is earlier in the day is paid first,
    until the day's cap is reached. An event without a rule earns nothing and has no award.
    """
    paid: dict[tuple[str, date], int] = defaultdict(int)
    awards = []
    for event in sorted(events, key=lambda each: (each.at, each.key)):
        day = event.at.astimezone(zone).date()
        behaviour = name_behaviour(event)
        version = version_on(versions, behaviour, day) if behaviour else None
        if version is None:
            continue
        room = _room(version, paid[version.behaviour, day])
        points = version.points if room is None else min(version.points, room)
        paid[version.behaviour, day] += points
        awards.append(Award(event, day, version, points, version.points))
    return awards


def _room(version: Version, paid: int) -> int | None:
    return None if version.daily_cap is None else max(0, version.daily_cap - paid)
