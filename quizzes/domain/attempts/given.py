"""The marks that people gave, and when they hold."""

from collections import defaultdict
from fractions import Fraction

from quizzes.grading.marks import GivenMark, settle_share
from quizzes.models import Attempt, ManualMark


def given_marks(attempt: Attempt) -> dict[int, dict[int, Fraction]]:
    """{place: {part: share of the points}} of the marks that hold; needs attempt.quiz."""
    by_answer = defaultdict(list)
    for mark in ManualMark.objects.filter(attempt=attempt).order_by("marked_at", "pk"):
        given_mark = GivenMark(mark.marker_id, mark.percent, mark.is_final)
        by_answer[mark.place, mark.part].append(given_mark)
    given: dict[int, dict[int, Fraction]] = defaultdict(dict)
    for (place, part), marks in by_answer.items():
        share = settle_share(marks, needs_two=attempt.quiz.second_marking)
        if share is not None:
            given[place][part] = share
    return given
