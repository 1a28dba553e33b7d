"""The attempts that are counted, fed in one by one and kept small: 28 bytes per answer."""

from array import array
from collections import Counter
from collections.abc import Sequence
from math import fsum
from typing import NamedTuple

# Distinct responses that are kept apart per question; free texts beyond it count as one.
MAX_RESPONSES = 2000
OTHER = ("\N{HORIZONTAL ELLIPSIS}",)
# Sums of thirds differ in the last bit. Rounded so, equal totals are equal.
PLACES = 9


class Answer(NamedTuple):
    """One question of an attempt: mark and points are in points; `tally` is what the response
    counts for in the distribution, () when there was none.
    """

    question: int
    version: int
    mark: float
    points: float
    tally: tuple[str, ...]


class ItemSample:
    """One question in those attempts that held it, in the order of the attempts."""

    def __init__(self) -> None:
        self.marks = array("d")
        # The rest of the attempt: its total without this mark.
        self.rests = array("d")
        self.codes = array("I")
        self.responses: dict[tuple[int, tuple[str, ...]], int] = {}
        self.points = 0.0

    def add(self, answer: Answer, rest: float) -> None:
        self.marks.append(answer.mark)
        self.rests.append(rest)
        self.codes.append(self._code(answer.version, answer.tally))
        self.points += answer.points

    def _code(self, version: int, tally: tuple[str, ...]) -> int:
        code = self.responses.get((version, tally))
        if code is not None:
            return code
        if len(self.responses) >= MAX_RESPONSES:
            tally = OTHER if tally else ()
        return self.responses.setdefault((version, tally), len(self.responses))

    @property
    def asked(self) -> int:
        return len(self.marks)

    @property
    def mean_points(self) -> float:
        """What the question is worth; the mean, where the quiz was changed in between."""
        return self.points / self.asked

    def wordings(self) -> dict[int, tuple[int, int]]:
        """How often each version was asked, and how often it was left without an answer."""
        counts: dict[int, tuple[int, int]] = {}
        given = Counter(self.codes)
        for (version, tally), code in self.responses.items():
            asked, unanswered = counts.get(version, (0, 0))
            counts[version] = asked + given[code], unanswered + (0 if tally else given[code])
        return counts

    def totals(self) -> list[float]:
        """The whole attempts' totals, in points."""
        return [
            round(mark + rest, PLACES) for mark, rest in zip(self.marks, self.rests, strict=True)
        ]


class Sample:
    """Everything that the figures are made of."""

    def __init__(self) -> None:
        self.items: dict[int, ItemSample] = {}
        # Marks by place, for quizzes whose attempts hold different questions.
        self.places: list[array[float]] = []
        self.totals = array("d")
        # Per cent of what each attempt could earn.
        self.scores = array("d")

    def add(self, answers: Sequence[Answer]) -> None:
        """Count one attempt. One without questions, or worth no points, is not counted."""
        worth = fsum(answer.points for answer in answers)
        if not worth:
            return
        total = fsum(answer.mark for answer in answers)
        self.totals.append(round(total, PLACES))
        self.scores.append(round(100 * total / worth, PLACES))
        for answer in answers:
            item = self.items.get(answer.question)
            if item is None:
                item = self.items[answer.question] = ItemSample()
            item.add(answer, round(total - answer.mark, PLACES))
        self._add_places(answers)

    def _add_places(self, answers: Sequence[Answer]) -> None:
        while len(self.places) < len(answers):
            self.places.append(array("d"))
        for place, answer in zip(self.places, answers, strict=False):
            place.append(answer.mark)

    @property
    def attempts(self) -> int:
        return len(self.scores)

    @property
    def is_fixed(self) -> bool:
        """Whether every attempt held the same questions."""
        return all(item.asked == self.attempts for item in self.items.values())

    @property
    def is_even(self) -> bool:
        """Whether every attempt held as many questions."""
        return all(len(place) == self.attempts for place in self.places)
