"""Which version of a question is in use, and which one waits for its reviews.

In a bank with three reviews a new wording is `proposed` and quizzes go on with `current`; in any
other it is current at once. The fingerprint is the current wording's, or the proposed one's while
there is no other. The callers hold the lock on the bank.
"""

from collections.abc import Iterable
from itertools import islice

from django.db.models import Max, OuterRef, Subquery
from django.utils.translation import gettext as _

from members.models import Member
from quizzes.models import Question, QuestionBank, QuestionVersion, ReviewStage

from .wording import Wording

BATCH = 500


def wording_of(version: QuestionVersion) -> Wording:
    return Wording(version.type, version.stem, version.data, version.explanation)


def newest_version(question: Question) -> QuestionVersion | None:
    """What an editor goes on from: the wording in review or sent back, else the current one."""
    return question.proposed or question.current


def file_version(
    *, question: Question, wording: Wording, author: Member | None, is_decided: bool = False
) -> QuestionVersion | None:
    """Give a locked question this wording; None when it has it already.

    Filing the current wording again withdraws what was proposed. What was sent back unchanged
    stays sent back. What `is_decided`, an applied correction, is current at once in every bank and
    withdraws what was proposed: that has the key that was wrong.
    """
    needs_review = question.bank.needs_review and not is_decided
    if question.current and wording.is_in(question.current):
        _drop_proposal(question)
        return None
    is_proposed = question.proposed and wording.is_in(question.proposed)
    if is_proposed and needs_review:
        return None
    version = question.proposed if is_proposed else _make_version(question, wording, author)
    if needs_review:
        propose(question, version, wording.fingerprint)
    else:
        publish(question, version, wording.fingerprint)
    return version


def _make_version(question: Question, wording: Wording, author: Member | None) -> QuestionVersion:
    last = question.versions.aggregate(last=Max("number"))["last"] or 0
    return QuestionVersion.objects.create(
        question=question,
        number=last + 1,
        type=wording.type,
        stem=wording.stem,
        data=wording.data,
        explanation=wording.explanation,
        created_by=author,
    )


def propose(question: Question, version: QuestionVersion, fingerprint: str) -> None:
    _end_review(question)
    version.stage = ReviewStage.FIRST
    version.save(update_fields=["stage"])
    question.proposed = version
    if question.current is None:
        question.fingerprint = fingerprint
    question.save(update_fields=["proposed", "fingerprint"])


def publish(question: Question, version: QuestionVersion, fingerprint: str) -> None:
    _end_review(question)
    question.current, question.proposed, question.fingerprint = version, None, fingerprint
    question.save(update_fields=["current", "proposed", "fingerprint"])


def _drop_proposal(question: Question) -> None:
    if question.proposed:
        _end_review(question)
        question.proposed = None
        question.save(update_fields=["proposed"])


def _end_review(question: Question) -> None:
    QuestionVersion.objects.filter(pk=question.proposed_id).update(stage=ReviewStage.NONE)


def find_move_problems(question: Question, bank: QuestionBank) -> list[str]:
    """Why the question cannot be filed in `bank` from now on."""
    is_unreviewed = bank.needs_review and not question.bank.needs_review
    if is_unreviewed and question.current and question.quiz_uses.exists():
        reason = _("“%(bank)s”里的题要经三审，而这道题在测验里用着；请先从测验里换下来，再移过去。")
        return [reason % {"bank": bank.name}]
    return []


def enter_bank(question: Question, bank: QuestionBank) -> None:
    """Set a locked question's bank, unsaved but for its versions.

    What was never reviewed begins its three reviews where they are asked for: nobody gets round
    them by filing in another bank first.
    """
    is_unreviewed = bank.needs_review and not question.bank.needs_review
    question.bank = bank
    if is_unreviewed and (version := newest_version(question)):
        _end_review(question)
        QuestionVersion.objects.filter(pk=version.pk).update(stage=ReviewStage.FIRST)
        version.stage = ReviewStage.FIRST
        question.current, question.proposed = None, version
        question.fingerprint = wording_of(version).fingerprint


def point_to_latest(*, bank: QuestionBank, question_ids: Iterable[int]) -> None:
    """After versions were created in bulk: make each question's newest one current or, in a bank
    with three reviews, the proposed one at the first stage. Three queries for 500 questions.

    Call it for questions that got a version, and under the bank's lock.
    """
    latest = QuestionVersion.objects.filter(question=OuterRef("pk")).order_by("-number")
    newest = Subquery(latest.values("pk")[:1])
    remaining = iter(question_ids)
    while pks := list(islice(remaining, BATCH)):
        questions = Question.objects.filter(pk__in=pks)
        versions = QuestionVersion.objects.filter(question__in=pks)
        versions.filter(stage__gt=ReviewStage.NONE).update(stage=ReviewStage.NONE)
        if bank.needs_review:
            questions.update(proposed=newest)
            proposed = questions.values("proposed")
            QuestionVersion.objects.filter(pk__in=proposed).update(stage=ReviewStage.FIRST)
        else:
            questions.update(current=newest, proposed=None)
