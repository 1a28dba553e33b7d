"""The import itself: one transaction, nothing written in a dry run."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from members.models import Member
from quizzes.domain.bank import lock_bank
from quizzes.interchange.entries import Entry
from quizzes.models import QuestionBank
from quizzes.question_types.base import QuestionError

from .planning import compare_with_bank, read_lines
from .report import ImportReport, Line
from .writing import Planned, find_filed, write


def import_questions(
    *,
    bank_name: str,
    entries: Iterable[Entry],
    author: Member | None = None,
    is_dry_run: bool = False,
) -> ImportReport:
    """File every sound question of a file in the bank of this name, made when it is missing.

    Doing it again changes nothing. A question that the bank has with another wording, key,
    explanation or filing is brought up to date. Raises QuestionError for an impossible bank
    name, and whatever reading `entries` raises, before anything is written.
    """
    name = _read_name(bank_name)
    lines = read_lines(entries)
    if is_dry_run:
        planned = _plan(QuestionBank.objects.filter(name=name).first(), lines)
    else:
        with transaction.atomic():
            bank = lock_bank(QuestionBank.objects.get_or_create(name=name)[0])
            planned = _plan(bank, lines)
            write(bank, planned, author)
    return ImportReport(name, is_dry_run, tuple(line for line, _question in planned))


def _plan(bank: QuestionBank | None, lines: list[Line]) -> list[Planned]:
    filed = find_filed(bank, (line.wording for line in lines if line.wording))
    return list(compare_with_bank(lines, filed))


def _read_name(text: str) -> str:
    name = " ".join(text.split())
    longest = QuestionBank._meta.get_field("name").max_length
    if not 0 < len(name) <= longest:
        raise QuestionError([_("题库名称请填 1 到 %(max)d 个字。") % {"max": longest}])
    return name
