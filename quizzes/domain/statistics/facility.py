"""How often each question was asked and how well it is answered, for finding questions."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from quizzes.models import Attempt, AttemptState, Question, QuestionVersion

SLICE = 1000

# By id: how often it was asked, and the sum of the shares that were earned.
Counts = dict[int, tuple[int, float]]


def refresh_facility() -> int:
    """Recompute asked_count and facility (per cent) of every question; returns how many changed.

    Counts every attempt that was handed in and marked to the end. In memory: two numbers per
    version, and a slice of attempts.
    """
    counts = _by_question(_count_versions())
    changed, after = 0, 0
    while questions := list(Question.objects.filter(pk__gt=after).order_by("pk")[:SLICE]):
        changed += _keep(questions, counts)
        after = questions[-1].pk
    return changed


def _count_versions() -> Counts:
    counts: Counts = defaultdict(lambda: (0, 0.0))
    for layout, marks in _read_marks():
        for place, (fraction, _state) in zip(layout, marks, strict=True):
            asked, earned = counts[place["v"]]
            counts[place["v"]] = asked + 1, earned + _share(fraction)
    return counts


def _read_marks() -> Iterator[tuple[list, list]]:
    marked = Attempt.objects.filter(
        state=AttemptState.SUBMITTED, needs_marking=False, marks__isnull=False
    ).order_by("pk")
    after = 0
    while rows := list(marked.filter(pk__gt=after).values_list("pk", "layout", "marks")[:SLICE]):
        yield from ((layout, marks) for _pk, layout, marks in rows)
        after = rows[-1][0]


@lru_cache(1000)
def _share(fraction: str) -> float:
    return float(Fraction(fraction))


def _by_question(versions: Counts) -> Counts:
    counts: Counts = defaultdict(lambda: (0, 0.0))
    pairs = QuestionVersion.objects.values_list("pk", "question_id")
    for version, question in pairs.iterator():
        if version in versions:
            asked, earned = versions[version]
            counts[question] = counts[question][0] + asked, counts[question][1] + earned
    return counts


def _keep(questions: list[Question], counts: Counts) -> int:
    changed = []
    for question in questions:
        asked, earned = counts.get(question.pk, (0, 0.0))
        facility = round(100 * earned / asked) if asked else None
        if (question.asked_count, question.facility) != (asked, facility):
            question.asked_count, question.facility = asked, facility
            changed.append(question)
    Question.objects.bulk_update(changed, ["asked_count", "facility"])
    return len(changed)
