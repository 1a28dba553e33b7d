"""Grading an attempt: against the versions that were asked, corrected where a key was wrong."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from django.db.models import Exists, OuterRef

from quizzes.domain.attempts.given import given_marks
from quizzes.grading import Grade, State
from quizzes.grading.grade import UNANSWERED
from quizzes.models import Attempt, Correction, QuestionVersion
from quizzes.modes import get_mode
from quizzes.question_types.base import NO_MARKS
from quizzes.question_types.registry import get_type
from quizzes.specs import spec_of

FULL_SCORE_BP = 10_000


@dataclass(frozen=True)
class StandIn:
    """What stands in for a version: the right data, or full points for everybody."""

    is_void: bool
    data: dict[str, Any] | None = None


FULL_POINTS = Grade(Fraction(1), State.RIGHT)


def standins_of(version_ids: Iterable[int]) -> dict[int, StandIn]:
    """By version id, from the corrections in force; the one that was applied last holds."""
    rows = Correction.objects.filter(version__in=set(version_ids), applied_at__isnull=False)
    rows = rows.order_by("applied_at", "pk").values_list("version_id", "is_void", "data")
    return {pk: StandIn(is_void, data) for pk, is_void, data in rows}


def grade_attempt(
    attempt: Attempt,
    *,
    standins: Mapping[int, StandIn] | None = None,
    versions: Mapping[int, QuestionVersion] | None = None,
) -> list[Grade]:
    """One grade per place, as `grade_places`; in a mode that ends on a miss nothing counts after
    the first one.
    """
    grades = grade_places(attempt, standins=standins, versions=versions)
    return _cut_after_miss(grades) if get_mode(attempt.mode).ends_on_miss else grades


def grade_places(
    attempt: Attempt,
    *,
    standins: Mapping[int, StandIn] | None = None,
    versions: Mapping[int, QuestionVersion] | None = None,
) -> list[Grade]:
    """Each place by itself. What is not given is read: versions, corrections, people's marks."""
    asked = {place["v"] for place in attempt.layout}
    if versions is None:
        versions = _read_versions(asked)
        if standins is None and not any(version.is_corrected for version in versions.values()):
            standins = {}
    if standins is None:
        standins = standins_of(asked)

    def grade(index: int, given: Mapping[int, Fraction] = NO_MARKS) -> Grade:
        pk = attempt.layout[index]["v"]
        answer = attempt.answers.get(f"q{index}")
        return grade_response(versions[pk], answer, given=given, standin=standins.get(pk))

    grades = [grade(index) for index in range(len(attempt.layout))]
    if pending := [i for i, each in enumerate(grades) if each.state is State.PENDING]:
        given = given_marks(attempt)
        for index in pending:
            grades[index] = grade(index, given.get(index, NO_MARKS))
    return grades


def regrade(attempt: Attempt, grades: Sequence[Grade], changed: Collection[int]) -> list[Grade]:
    """The marks of a handed-in attempt, with the new `grades` of the places `changed`.

    All other marks stay as they were given: a correction may have let her keep one. In a mode that
    ends on a miss that holds up to her first miss; what followed it was never counted, and is
    graded anew.
    """
    stood = [Grade(Fraction(share), State(state)) for share, state in attempt.marks]
    is_linked = get_mode(attempt.mode).ends_on_miss
    end = next((i for i, each in enumerate(stood) if is_linked and is_miss(each)), len(stood))
    merged = [
        new if index in changed or index > end else old
        for index, (old, new) in enumerate(zip(stood, grades, strict=True))
    ]
    return _cut_after_miss(merged) if is_linked else merged


def grade_response(
    version: QuestionVersion,
    answer: dict | None,
    *,
    given: Mapping[int, Fraction] = NO_MARKS,
    standin: StandIn | None = None,
) -> Grade:
    """`answer` is an entry of Attempt.answers; `given` are people's marks by part."""
    if standin and standin.is_void:
        return FULL_POINTS
    question_type = get_type(version.type)
    spec = question_type.from_data(standin.data) if standin else spec_of(version)
    response = question_type.read_response(answer["r"] if answer else [], spec)
    return question_type.grade(spec, response, given)


def _read_versions(version_ids: Iterable[int]) -> dict[int, QuestionVersion]:
    """With `is_corrected`: hardly any is, so the corrections themselves are seldom read."""
    corrections = Correction.objects.filter(version=OuterRef("pk"), applied_at__isnull=False)
    versions = QuestionVersion.objects.only("type", "data", "created_at")
    return versions.annotate(is_corrected=Exists(corrections)).in_bulk(version_ids)


def is_miss(grade: Grade) -> bool:
    """Neither right nor still open to a person's judgement."""
    return grade.state not in (State.RIGHT, State.PENDING)


def points_of(attempt: Attempt) -> list[int]:
    return [place.get("p", 1) for place in attempt.layout]


def score_in_bp(grades: Sequence[Grade], points: Sequence[int]) -> int:
    """The share of all points that was earned, in basis points, rounded half up."""
    earned = sum(
        (grade.fraction * worth for grade, worth in zip(grades, points, strict=True)), Fraction(0)
    )
    return floor(earned / sum(points) * FULL_SCORE_BP + Fraction(1, 2))


def result_of(attempt: Attempt, grades: Sequence[Grade]) -> dict[str, Any]:
    """The columns that a grading fills. While a mark is missing there is no score."""
    is_pending = any(grade.state is State.PENDING for grade in grades)
    score_bp = None if is_pending else score_in_bp(grades, points_of(attempt))
    return {
        "marks": [[str(grade.fraction), str(grade.state)] for grade in grades],
        "needs_marking": is_pending,
        "score_bp": score_bp,
        "has_passed": None if score_bp is None else score_bp >= attempt.pass_mark * 100,
    }


def _cut_after_miss(grades: list[Grade]) -> list[Grade]:
    end = next((i for i, grade in enumerate(grades, start=1) if is_miss(grade)), len(grades))
    return grades[:end] + [UNANSWERED] * (len(grades) - end)
