"""A question below a lesson, answered for oneself: judged at once, and scored nowhere."""

from collections.abc import Sequence
from datetime import datetime
from random import Random

from django.db import transaction

from members.models import Member
from quizzes.domain.attempts.in_hand import questions_in_hand
from quizzes.domain.mistakes.asking import Judgement, Verdict, judge, lay_out
from quizzes.domain.mistakes.collecting import note_misses
from quizzes.models import QuestionVersion


@transaction.atomic
def check_oneself(
    *,
    member: Member,
    version: QuestionVersion,
    values: Sequence[str],
    judged: Sequence[str] | None,
    now: datetime,
) -> Judgement | None:
    """Judge her answer; a wrong one goes into her 错题本, as in a practice.

    `judged` is the answer that was judged before: sent once more it is no second miss.
    None: the question stands in an exam that she is writing, and nothing is told of it meanwhile.
    """
    if version.question_id in questions_in_hand(member.pk):
        return None
    judgement = judge(version, values)
    is_new = not judgement.is_empty and judgement.response != judged
    if is_new and judgement.verdict is Verdict.WRONG:
        note_misses({(member.pk, version.question_id): [now]})
    return judgement


def lay_out_for(member: Member, version: QuestionVersion) -> list[str]:
    """Option ids in an order that is hers, and the same each time: nothing need be stored."""
    return lay_out(version, rng=Random(f"{member.pk}:{version.pk}"))  # noqa: S311 no secret
