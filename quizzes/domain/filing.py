"""What is done to many questions at once: tags, another bank, out of use and back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from members.models import Member
from quizzes.models import Question, QuestionBank
from quizzes.question_types.base import QuestionError

from .bank import STRUCK, DuplicateQuestion, lock_bank, lock_question, move_question
from .in_force import struck_among
from .review import ReviewRefused, approve

BULK_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Filed:
    """`refused` pairs a question that stayed as it was with the reason, in Chinese."""

    count: int
    refused: tuple[tuple[Question, str], ...] = ()


@transaction.atomic
def add_tags(*, questions: Iterable[Question], tags: Sequence[str], by: Member) -> Filed:
    count = 0
    for question in questions:
        question.tags.add(*tags)
        log(question, "quizzes.question.tag", user=by, data={"tags": list(tags)})
        count += 1
    return Filed(count)


@transaction.atomic
def move_questions(*, questions: Iterable[Question], bank: QuestionBank, by: Member) -> Filed:
    """File in `bank` every question that may go there; the others stay where they are."""
    bank = lock_bank(bank)
    moved, refused = 0, []
    for each in questions:
        question = lock_question(each.pk)
        try:
            # A savepoint: what one question began is undone without the others.
            with transaction.atomic():
                move_question(question, bank)
        except (DuplicateQuestion, QuestionError) as error:
            refused.append((each, str(error)))
            continue
        log(question, "quizzes.question.move", user=by, data={"bank": bank.name})
        moved += 1
    return Filed(moved, tuple(refused))


def approve_questions(*, questions: Iterable[Question], by: Member, now: datetime) -> Filed:
    """Pass each question's proposed version from the stage that was seen to the next."""
    approved, refused = 0, []
    for question in questions:
        try:
            approve(version=question.proposed, by=by, now=now)
        except (DuplicateQuestion, ReviewRefused) as error:
            refused.append((question, str(error)))
        else:
            approved += 1
    return Filed(approved, tuple(refused))


def retire_questions(*, questions: Iterable[Question], by: Member) -> Filed:
    return _set_retired(questions, True, by)


def bring_back_questions(*, questions: Iterable[Question], by: Member) -> Filed:
    return _set_retired(questions, False, by)


@transaction.atomic
def _set_retired(questions: Iterable[Question], is_retired: bool, by: Member) -> Filed:
    """Questions that are so already count for nothing. What was struck stays out of use."""
    pks = [question.pk for question in questions]
    changing = Question.objects.select_for_update(of=("self",)).filter(
        pk__in=pks, is_retired=not is_retired
    )
    rows = list(changing)
    struck = set() if is_retired else struck_among(each.current_id for each in rows)
    changed = [each for each in rows if each.current_id not in struck]
    Question.objects.filter(pk__in=[each.pk for each in changed]).update(is_retired=is_retired)
    action = "quizzes.question.retire" if is_retired else "quizzes.question.bring_back"
    for question in changed:
        log(question, action, user=by)
    refused = tuple((each, str(STRUCK)) for each in rows if each.current_id in struck)
    return Filed(len(changed), refused)
