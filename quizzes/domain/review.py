"""The three reviews (初审、复审、终审) of a question: three people, none of them its author.

A reviewer decides on the stage that she saw: of two who decide at once the second is told, and
nothing is counted twice. An approval leads to the next stage, the last one into use. A refusal
sends the wording back: it stays `proposed`, at no stage, until its author saves another one, which
starts again at the first review.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from members.models import Member
from quizzes.models import Question, QuestionVersion, ReviewDecision, ReviewStage

from .bank import lock_bank, lock_question, refuse_duplicate
from .versions import publish, wording_of

NEXT_STAGE = {
    ReviewStage.FIRST: ReviewStage.SECOND,
    ReviewStage.SECOND: ReviewStage.FINAL,
    ReviewStage.FINAL: ReviewStage.NONE,
}
CHANGED_MEANWHILE = gettext_lazy("这道题刚刚有人审过或改过了，请看看现在的样子再决定。")


class ReviewRefused(Exception):
    """The decision was not taken; the message says why."""


@transaction.atomic
def approve(
    *, version: QuestionVersion, by: Member, comment: str = "", now: datetime
) -> QuestionVersion:
    """Pass `version` from the stage that it holds in memory to the next; the last one publishes.

    Raises ReviewRefused, and DuplicateQuestion when the bank has got the same question meanwhile.
    """
    question = _lock(version)
    stage = _take(version, by, is_approved=True)
    _record(version, stage, True, by=by, comment=comment, now=now)
    if stage == ReviewStage.FINAL:
        wording = wording_of(version)
        refuse_duplicate(question.bank, wording.fingerprint, question)
        publish(question, version, wording.fingerprint)
    log(question, "quizzes.review.approve", user=by, data={"stage": stage})
    version.stage = NEXT_STAGE[stage]
    return version


@transaction.atomic
def reject(*, version: QuestionVersion, by: Member, comment: str, now: datetime) -> QuestionVersion:
    """Send `version` back to its author with a comment. Raises ReviewRefused."""
    if not comment.strip():
        raise ReviewRefused(_("请写明要改什么，作者才好改。"))
    question = _lock(version)
    stage = _take(version, by, is_approved=False)
    _record(version, stage, False, by=by, comment=comment, now=now)
    log(question, "quizzes.review.reject", user=by, data={"stage": stage})
    version.stage = ReviewStage.NONE
    return version


def find_review_obstacle(*, version: QuestionVersion, by: Member) -> str | None:
    """Why this person cannot decide on the version, in Chinese; None when she can."""
    if version.created_by_id == by.pk:
        return _("这一版是您写的，要请别人来审。")
    if by.pk in {decision.decided_by_id for decision in version.decisions.all()}:
        return _("您已经审过这一版了，三审要由三个人来做。")
    return None


def _lock(version: QuestionVersion) -> Question:
    """The bank before the question, as all who file in it do."""
    bank = lock_bank(version.question.bank)
    question = lock_question(version.question_id)
    if question.bank != bank:
        raise ReviewRefused(CHANGED_MEANWHILE)
    return question


def _take(version: QuestionVersion, by: Member, *, is_approved: bool) -> ReviewStage:
    """Lead the version on, if it still is where the reviewer saw it; the stage she decides on."""
    seen = ReviewStage(version.stage)
    if seen not in NEXT_STAGE:
        raise ReviewRefused(CHANGED_MEANWHILE)
    waiting = QuestionVersion.objects.filter(
        pk=version.pk, stage=seen, pk__in=Question.objects.values("proposed")
    )
    if not waiting.update(stage=NEXT_STAGE[seen] if is_approved else ReviewStage.NONE):
        raise ReviewRefused(CHANGED_MEANWHILE)
    if obstacle := find_review_obstacle(version=version, by=by):
        raise ReviewRefused(obstacle)
    return seen


def _record(version, stage, is_approved: bool, *, by: Member, comment: str, now: datetime) -> None:
    ReviewDecision.objects.create(
        version=version,
        stage=stage,
        is_approved=is_approved,
        comment=comment.strip(),
        decided_by=by,
        decided_at=now,
    )
