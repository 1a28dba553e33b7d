"""Weekly rhythm: weeks with learning, and rest weeks that are hers to take.

One finished thing on any day makes a week. Every fourth such week earns a rest week, and the first
one comes free. A week without learning takes a rest week; when none is left, the rhythm pauses, and
goes on with the next week she learns. Nothing counts down, and nothing begins again at zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FIRST_RESTS = 1
WEEKS_PER_REST = 4
# A month away in one go, for harvest and festivals; more would say nothing about a rhythm.
MOST_RESTS = 4
RECENT_WEEKS = 8
WEEK = timedelta(days=7)


class Week(StrEnum):
    LEARNED = "learned"
    REST = "rest"
    PAUSE = "pause"
    # This week, which is not over.
    OPEN = "open"


@dataclass(frozen=True)
class Rhythm:
    """`weeks` in which she learned, ever; rest weeks left; the last weeks, this one at the end."""

    weeks: int = 0
    rests: int = FIRST_RESTS
    recent: tuple[Week, ...] = ()
    is_paused: bool = False

    @property
    def has_begun(self) -> bool:
        return self.weeks > 0

    @property
    def has_learned_this_week(self) -> bool:
        return bool(self.recent) and self.recent[-1] is Week.LEARNED


def find_rhythm(days: Iterable[date], *, today: date) -> Rhythm:
    """From the local days on which she finished something, in any order."""
    learned = {monday(day) for day in days if day <= today}
    if not learned:
        return Rhythm()
    weeks, rests, marks = 0, FIRST_RESTS, []
    week, this_week = min(learned), monday(today)
    while week <= this_week:
        if week in learned:
            weeks += 1
            rests = min(MOST_RESTS, rests + (weeks % WEEKS_PER_REST == 0))
            marks.append(Week.LEARNED)
        elif week == this_week:
            marks.append(Week.OPEN)
        else:
            marks.append(Week.REST if rests else Week.PAUSE)
            rests = max(0, rests - 1)
        week += WEEK
    return Rhythm(weeks, rests, tuple(marks[-RECENT_WEEKS:]), _is_paused(marks))


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _is_paused(marks: list[Week]) -> bool:
    """A week that is still open leaves things as they were before it."""
    judged = [mark for mark in marks if mark is not Week.OPEN]
    return bool(judged) and judged[-1] is Week.PAUSE
