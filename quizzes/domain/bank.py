"""Filing questions in a bank, one at a time. Workbooks go through `importing`."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from members.models import Member
from quizzes.models import Question, QuestionBank, QuestionVersion
from quizzes.question_types.base import QuestionError

from .wording import Wording, find_filing_problems, read_wording, tidy_block


class DuplicateQuestion(Exception):
    """The bank already holds this question; `existing` is where."""

    def __init__(self, existing: Question) -> None:
        self.existing = existing
        super().__init__(
            _("题库“%(bank)s”里已经有同样的题（第 %(id)d 号）：%(stem)s")
            % {"bank": existing.bank.name, "id": existing.pk, "stem": str(existing)[:60]}
        )


@transaction.atomic
def save_question(
    *,
    bank: QuestionBank,
    type: str,
    stem: str,
    options: Sequence[str],
    answers: Sequence[str],
    explanation: str = "",
    difficulty: int = 3,
    knowledge_point: str = "",
    source: str = "",
    tags: Iterable[str] = (),
    author: Member | None = None,
    question: Question | None = None,
) -> Question:
    """File a new question, or edit `question`: every argument is its state from now on.

    An edit makes a new version only when wording, options, key or explanation changed.
    Raises QuestionError when it is no question, DuplicateQuestion when the bank has it.
    """
    wording = read_wording(
        type=type, stem=stem, options=options, answers=answers, explanation=explanation
    )
    filing = {
        "difficulty": difficulty,
        "knowledge_point": tidy_block(knowledge_point),
        "source": tidy_block(source),
    }
    if problems := find_filing_problems(**filing):
        raise QuestionError(problems)
    bank = lock_bank(bank)
    _refuse_duplicate(bank, wording, question)
    question = _file(bank, wording, filing, question)
    _add_version(question, wording, author)
    question.tags.set(tags)
    return question


def lock_bank(bank: QuestionBank) -> QuestionBank:
    """Let one transaction at a time file in a bank, so that a duplicate is always seen."""
    return QuestionBank.objects.select_for_update().get(pk=bank.pk)


def _refuse_duplicate(bank: QuestionBank, wording: Wording, question: Question | None) -> None:
    same = bank.questions.filter(fingerprint=wording.fingerprint)
    if question:
        same = same.exclude(pk=question.pk)
    if existing := same.select_related("bank", "current").first():
        raise DuplicateQuestion(existing)


def _file(
    bank: QuestionBank, wording: Wording, filing: dict[str, int | str], question: Question | None
) -> Question:
    fields = {"bank": bank, "fingerprint": wording.fingerprint, **filing}
    if question is None:
        return Question.objects.create(**fields)
    # The caller's object may be older than the row: another tab may have saved a version.
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    for name, value in fields.items():
        setattr(question, name, value)
    question.save(update_fields=list(fields))
    return question


def _add_version(question: Question, wording: Wording, author: Member | None) -> None:
    if question.current and wording.is_in(question.current):
        return
    question.current = QuestionVersion.objects.create(
        question=question,
        number=question.current.number + 1 if question.current else 1,
        type=wording.type,
        stem=wording.stem,
        data=wording.data,
        explanation=wording.explanation,
        created_by=author,
    )
    question.save(update_fields=["current"])
