"""Filing questions in a bank, one at a time. Files go through `importing`."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from members.models import Member
from quizzes.models import Question, QuestionBank, QuestionVersion
from quizzes.question_types.base import Part, QuestionError

from .in_force import wording_in_force
from .versions import enter_bank, file_version, find_move_problems, newest_version
from .wording import Wording, find_filing_problems, read_wording, tidy_block

PLACE = ["bank", "current", "proposed", "fingerprint"]
NO_SETTINGS: Mapping[str, str] = {}
CHANGED_MEANWHILE = gettext_lazy(
    "刚刚有人改过这道题，您的改动还没有保存。请在新窗口打开这道题，看看现在的样子，再改一次。"
)
STRUCK = gettext_lazy("这一版已经作废，不能再用；请改好题目，存成新的一版。")


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
    settings: Mapping[str, str] = NO_SETTINGS,
    parts: Sequence[Part] = (),
    difficulty: int = 3,
    knowledge_point: str = "",
    source: str = "",
    explained_by: Page | None = None,
    explained_at: int | None = None,
    explained_article: str = "",
    tags: Iterable[str] = (),
    author: Member | None = None,
    question: Question | None = None,
    seen: str | None = None,
) -> Question:
    """File a new question, or edit `question`: every argument is its state from now on.

    An edit makes a new version only when what a version keeps has changed. In a bank with three
    reviews the new version waits as `proposed`, and quizzes go on with the current one. `seen` is
    the `state_of` that the editor began with: what was changed meanwhile is not overwritten.
    Raises QuestionError when it is no question, may not be filed there or was changed,
    DuplicateQuestion when the bank has it.
    """
    wording = read_wording(
        type=type,
        stem=stem,
        options=options,
        answers=answers,
        explanation=explanation,
        settings=settings,
        parts=parts,
    )
    filing = {
        "difficulty": difficulty,
        "knowledge_point": tidy_block(knowledge_point),
        "source": tidy_block(source),
    }
    if problems := find_filing_problems(**filing):
        raise QuestionError(problems)
    target = {
        "explained_by": explained_by,
        "explained_at": explained_at if explained_by else None,
        "explained_article": explained_article if explained_by else "",
    }
    bank = lock_bank(bank)
    refuse_duplicate(bank, wording.fingerprint, question)
    question = _file(bank, wording, filing | target, question, seen)
    file_version(question=question, wording=wording, author=author)
    question.tags.set(tags)
    return question


@transaction.atomic
def restore_version(*, version: QuestionVersion, author: Member) -> Question:
    """Make an old version the question's wording again, as a new version with the key in force.

    A proposal is withdrawn by restoring the current version. Raises DuplicateQuestion when the
    bank has the old wording by now, QuestionError when it was struck.
    """
    bank = lock_bank(version.question.bank)
    question = lock_question(version.question_id)
    if (wording := wording_in_force(version)) is None:
        raise QuestionError([str(STRUCK)])
    refuse_duplicate(bank, wording.fingerprint, question)
    file_version(question=question, wording=wording, author=author)
    return question


def lock_bank(bank: QuestionBank) -> QuestionBank:
    """Let one transaction at a time file in a bank, so that a duplicate is always seen."""
    return QuestionBank.objects.select_for_update().get(pk=bank.pk)


def lock_question(pk: int) -> Question:
    """The caller's object may be older than the row: another tab may have saved a version."""
    rows = Question.objects.select_for_update(of=("self",))
    return rows.select_related("bank", "current", "proposed").get(pk=pk)


def refuse_duplicate(bank: QuestionBank, fingerprint: str, question: Question | None) -> None:
    same = bank.questions.filter(fingerprint=fingerprint)
    if question:
        same = same.exclude(pk=question.pk)
    if existing := same.select_related("bank", "current", "proposed").first():
        raise DuplicateQuestion(existing)


def state_of(question: Question) -> str:
    """What an editor goes on from: the wording, the bank, and whether it is in use."""
    version = newest_version(question)
    return f"{version.pk if version else 0}-{question.bank_id}-{int(question.is_retired)}"


def _file(
    bank: QuestionBank,
    wording: Wording,
    filing: dict,
    question: Question | None,
    seen: str | None,
) -> Question:
    if question is None:
        return Question.objects.create(bank=bank, fingerprint=wording.fingerprint, **filing)
    question = lock_question(question.pk)
    if seen is not None and seen != state_of(question):
        raise QuestionError([str(CHANGED_MEANWHILE)])
    _enter(question, bank)
    for name, value in filing.items():
        setattr(question, name, value)
    question.save(update_fields=[*PLACE, *filing])
    return question


def move_question(question: Question, bank: QuestionBank) -> None:
    """File a locked question in a locked bank. Raises QuestionError and DuplicateQuestion."""
    _enter(question, bank)
    question.save(update_fields=PLACE)


def _enter(question: Question, bank: QuestionBank) -> None:
    if question.bank == bank:
        return
    if problems := find_move_problems(question, bank):
        raise QuestionError(problems)
    enter_bank(question, bank)
    # Besides the new wording: a proposal leaves the question's fingerprint as it is.
    refuse_duplicate(bank, question.fingerprint, question)
