"""What a correction does to an attempt: its marks and its score, before and after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from quizzes.domain.attempts.given import given_marks
from quizzes.domain.attempts.grading import (
    StandIn,
    grade_places,
    grade_response,
    regrade,
    result_of,
    standins_of,
)
from quizzes.grading import Grade, State
from quizzes.models import Attempt, Correction, CorrectionEffect, QuestionVersion
from quizzes.modes import get_mode
from quizzes.question_types.base import NO_MARKS

COLUMNS = ["marks", "needs_marking", "score_bp", "has_passed"]


@dataclass(frozen=True)
class Outcome:
    """`after` holds the COLUMNS as they should be. `is_kept`: it would fall, and does not."""

    attempt: Attempt
    after: dict[str, Any]
    is_kept: bool = False

    @property
    def is_changed(self) -> bool:
        return any(getattr(self.attempt, name) != value for name, value in self.after.items())

    @property
    def changes_result(self) -> bool:
        """Both scores are known, and differ."""
        scores = self.attempt.score_bp, self.after["score_bp"]
        return None not in scores and scores[0] != scores[1]

    def puts_right(self, version_id: int) -> bool:
        """Whether the answer to the version was a miss before, and is right now."""
        places = zip(self.attempt.layout, self.attempt.marks, self.after["marks"], strict=False)
        return any(
            place["v"] == version_id and old != State.RIGHT and new == State.RIGHT
            for place, (_old, old), (_new, new) in places
        )

    def as_effect(self, correction: Correction) -> CorrectionEffect:
        return CorrectionEffect(
            correction=correction,
            attempt=self.attempt,
            before_bp=self.attempt.score_bp,
            after_bp=self.after["score_bp"],
            passed_before=bool(self.attempt.has_passed),
            passed_after=self.after["has_passed"],
        )


def judge_anew(attempts: Iterable[Attempt], correction: Correction) -> Iterator[Outcome]:
    """One outcome per handed-in attempt. Marks of other questions stay as they were given: what an
    earlier correction let somebody keep is hers.

    With `keeps_higher` an attempt whose score would fall stays whole, marks and score.
    """
    handed_in = [each for each in attempts if each.is_submitted]
    regrade = Regrade(correction, handed_in)
    for attempt in handed_in:
        grades = regrade.grades_of(attempt)
        after = result_of(attempt, grades) if grades else _columns_of(attempt)
        if correction.keeps_higher and _falls(attempt.score_bp, after["score_bp"]):
            yield Outcome(attempt, _columns_of(attempt), is_kept=True)
        else:
            yield Outcome(attempt, after)


def _columns_of(attempt: Attempt) -> dict[str, Any]:
    return {name: getattr(attempt, name) for name in COLUMNS}


def _falls(before: int | None, after: int | None) -> bool:
    return before is not None and after is not None and after < before


class Regrade:
    """Grading with the correction in force, whether it already is or not."""

    def __init__(self, correction: Correction, attempts: list[Attempt]) -> None:
        self.version = correction.version
        self.standin = StandIn(correction.is_void, correction.data)
        # In a mode that ends on a miss one mark decides on those that follow.
        linked = [each for each in attempts if get_mode(each.mode).ends_on_miss]
        asked = {place["v"] for attempt in linked for place in attempt.layout}
        self.versions = QuestionVersion.objects.in_bulk(asked)
        self.standins = standins_of(asked) | {self.version.pk: self.standin}

        # Choices repeat: most attempts have an answer that was graded before.
        self._grade = lru_cache(1000)(self._grade_values)

    def grades_of(self, attempt: Attempt) -> list[Grade] | None:
        """One per place; None where no mark changes: then neither does the score."""
        if any("x" in answer for answer in attempt.answers.values()):
            # She was erased with what she had typed: her result is only a number now.
            return None
        if get_mode(attempt.mode).ends_on_miss:
            grades = grade_places(attempt, standins=self.standins, versions=self.versions)
            asked = [place["v"] == self.version.pk for place in attempt.layout]
            return regrade(attempt, grades, {i for i, is_it in enumerate(asked) if is_it})
        before = [_read(fraction, state) for fraction, state in attempt.marks]
        after = [
            self._grade_place(attempt, index) if place["v"] == self.version.pk else grade
            for index, (place, grade) in enumerate(zip(attempt.layout, before, strict=True))
        ]
        return None if after == before else after

    def _grade_place(self, attempt: Attempt, index: int) -> Grade:
        answer = attempt.answers.get(f"q{index}")
        grade = self._grade(tuple(answer["r"]) if answer else ())
        if grade.state is not State.PENDING:
            return grade
        given = given_marks(attempt).get(index, NO_MARKS)
        return grade_response(self.version, answer, given=given, standin=self.standin)

    def _grade_values(self, values: tuple[str, ...]) -> Grade:
        return grade_response(self.version, {"r": list(values)}, standin=self.standin)


@lru_cache(1000)
def _read(fraction: str, state: str) -> Grade:
    return Grade(Fraction(fraction), State(state))
