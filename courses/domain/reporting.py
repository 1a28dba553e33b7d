"""Reports that waited on a phone: credited lesson by lesson."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from courses.domain.timeline import find_timeline
from courses.domain.watching import Claim, LessonClosed, Watched, report_watching
from members.models import Member


def credit_batch(
    *, member: Member, claims: Iterable[tuple[int, Claim]], now: datetime
) -> dict[int, Watched | None]:
    """Credit (lesson's id, claim) pairs, in the order in which they were made.

    By lesson id; None for a lesson that is gone or not open to her. All of a lesson's claims are
    one transaction, so a batch sent twice changes nothing, and one that breaks off goes on.
    """
    by_lesson: dict[int, list[Claim]] = defaultdict(list)
    for lesson_id, claim in claims:
        by_lesson[lesson_id].append(claim)
    return {lesson_id: _credit(member, lesson_id, own, now) for lesson_id, own in by_lesson.items()}


def _credit(member: Member, lesson_id: int, claims: list[Claim], now: datetime) -> Watched | None:
    lesson = find_timeline(lesson_id)
    if lesson is None:
        return None
    try:
        return report_watching(member=member, lesson=lesson, claims=claims, now=now)
    except LessonClosed:
        return None
