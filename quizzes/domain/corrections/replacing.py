"""What a correction means for attempts that are still to come."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from quizzes.domain.versions import file_version, wording_of
from quizzes.models import Correction, Question, ReviewCard

BATCH = 1000


def replace_question(*, question: Question, correction: Correction) -> None:
    """Retire a locked question that was struck, or give it the right key as a new version.

    What is in use gets it at once, also in a bank with three reviews. A wording that is no longer
    the current one is left behind: what took its place is another question to the members, and
    has its own key.
    """
    old = question.current or question.proposed
    if old is None or old.pk != correction.version_id:
        return
    if correction.is_void:
        question.is_retired = True
        question.save(update_fields=["is_retired"])
        return
    file_version(
        question=question,
        wording=replace(wording_of(old), data=correction.data),
        author=correction.created_by,
        is_decided=question.current is not None,
    )


def put_cards_away(*, correction: Correction, now: datetime) -> int:
    """Take a question that was struck out of everybody's 错题本; returns from how many.

    It stays out when the question is brought back later: the miss never was one.
    """
    question = Question.objects.get(versions=correction.version_id)
    if not correction.is_void or question.current_id != correction.version_id:
        return 0
    count = 0
    while taken := _put_batch_away(question, now):
        count += taken
    return count


@transaction.atomic
def _put_batch_away(question: Question, now: datetime) -> int:
    """Locked in order of the ids, so that nobody who takes several waits in a circle."""
    cards = ReviewCard.objects.filter(question=question, retired_at=None)
    locked = cards.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True)
    ids = list(locked[:BATCH])
    return ReviewCard.objects.filter(pk__in=ids).update(retired_at=now)
