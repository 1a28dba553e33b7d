"""A question of the 错题本 as it is put and judged: nothing of it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from random import Random

from quizzes.domain.in_force import wording_in_force
from quizzes.grading import State
from quizzes.models import QuestionVersion
from quizzes.question_types.registry import get_type


class Verdict(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    # Nobody marks a review: she compares with the model answer and says it herself.
    HERS_TO_SAY = "hers"


@dataclass(frozen=True)
class Judgement:
    """`response` is canonical; `is_empty` when nothing was given."""

    response: list[str]
    verdict: Verdict
    is_empty: bool


def lay_out(version: QuestionVersion, *, rng: Random) -> list[str]:
    """Option ids in a new order: the place of the right one is not what she should learn."""
    question_type = get_type(version.type)
    return question_type.layout(question_type.from_data(version.data), rng, True)


def judge(version: QuestionVersion, values: Sequence[str]) -> Judgement:
    """Judge posted values by the key in force: it may be corrected while she thinks.

    Partly right is not right: the card is about the whole question.
    """
    question_type = get_type(version.type)
    spec = question_type.from_data((wording_in_force(version) or version).data)
    response = question_type.read_response(values, spec)
    to_mark = question_type.parts_to_mark(spec, response)
    at_best = question_type.grade(spec, response, dict.fromkeys(to_mark, Fraction(1)))
    verdict = Verdict.WRONG
    if at_best.state is State.RIGHT:
        verdict = Verdict.HERS_TO_SAY if to_mark else Verdict.RIGHT
    return Judgement(response, verdict, at_best.state is State.UNANSWERED)
