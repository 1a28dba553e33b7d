"""Attempts as the pure statistics take them: read in slices, one sample in memory."""

from array import array
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from typing import Any

from quizzes.domain.attempts import standins_of
from quizzes.models import QuestionVersion
from quizzes.question_types.registry import get_type
from quizzes.statistics import Answer, Sample

SLICE = 1000
# Answers that are remembered: choices repeat, free texts hardly ever.
REMEMBERED = 20_000

Progress = Callable[[int, int], None]


def read_sample(attempts, *, report: Progress) -> tuple[Sample, "Wordings"]:
    """The sample of a QuerySet of attempts, and the wordings that they hold.

    Only ids are held for all of them; rows come in slices of 1,000.
    """
    ids = array("q", attempts.order_by("pk").values_list("pk", flat=True).iterator())
    sample, wordings = Sample(), Wordings()
    for start in range(0, len(ids), SLICE):
        rows = attempts.model.objects.filter(pk__in=list(islice(ids, start, start + SLICE)))
        for layout, answers, marks in _read_rows(rows, wordings):
            sample.add(wordings.read_attempt(layout, answers, marks))
        report(min(start + SLICE, len(ids)), len(ids))
    return sample, wordings


def _read_rows(rows, wordings: "Wordings") -> Iterator[tuple[list, dict, list]]:
    slice_of_rows = list(rows.values_list("layout", "answers", "marks"))
    wordings.load({place["v"] for layout, _answers, _marks in slice_of_rows for place in layout})
    return iter(slice_of_rows)


class Wordings:
    """The versions that attempts hold, each loaded once, with the key that is in force.

    `struck` holds those that a correction has struck: they have no right answer any more.
    """

    def __init__(self) -> None:
        self.versions: dict[int, QuestionVersion] = {}
        self.specs: dict[int, Any] = {}
        self.struck: set[int] = set()
        self._read_answer = lru_cache(REMEMBERED)(self._read_new)

    def load(self, version_ids: set[int]) -> None:
        if not (missing := version_ids - self.versions.keys()):
            return
        standins = standins_of(missing)
        for pk, version in QuestionVersion.objects.in_bulk(missing).items():
            standin = standins.get(pk)
            data = standin.data if standin and standin.data else version.data
            self.versions[pk] = version
            self.specs[pk] = get_type(version.type).from_data(data)
            self.struck |= {pk} if standin and standin.is_void else set()

    def read_attempt(self, layout: list, answers: dict, marks: list) -> list[Answer]:
        return [
            self._read_answer(place["v"], place.get("p", 1), fraction, _values_of(answers, index))
            for index, (place, (fraction, _state)) in enumerate(zip(layout, marks, strict=True))
        ]

    def _read_new(
        self, version: int, points: int, fraction: str, values: tuple[str, ...]
    ) -> Answer:
        mark = float(Fraction(fraction)) * points
        question = self.versions[version].question_id
        return Answer(question, version, mark, points, self._tally(version, values))

    def _tally(self, version: int, values: tuple[str, ...]) -> tuple[str, ...]:
        if not values:
            return ()
        question_type, spec = self.type_of(version), self.specs[version]
        response = question_type.read_response(values, spec)
        return tuple(question_type.tally(spec, response)) if response else ()

    def type_of(self, version: int):
        return get_type(self.versions[version].type)


def _values_of(answers: dict, index: int) -> tuple[str, ...]:
    answer = answers.get(f"q{index}")
    return tuple(answer["r"]) if answer else ()
