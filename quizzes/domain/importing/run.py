"""The import itself: one transaction, nothing written in a dry run."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from members.models import Member
from quizzes.domain.bank import lock_bank
from quizzes.interchange.entries import Entry
from quizzes.models import QuestionBank
from quizzes.question_types.base import QuestionError

from .corrected import find_replaced_keys
from .finding import find_elsewhere, find_filed
from .media import refuse_foreign_media
from .planning import Firsts, compare_with_bank, read_line
from .report import ImportReport, Line
from .writing import Planned, write

REPORT_EVERY = 200
# Planned and written in one transaction, within the time that a job may be silent.
MOST_QUESTIONS = 20_000

# Called with the rows judged and all rows; never inside the transaction, where nobody would see
# what it writes.
Progress = Callable[[int, int], None]


def import_questions(
    *,
    bank_name: str = "",
    bank: QuestionBank | None = None,
    entries: Iterable[Entry],
    author: Member | None = None,
    is_dry_run: bool = False,
    report: Progress | None = None,
) -> ImportReport:
    """File every sound question of a file in `bank`, or in the one of this name, made if missing.

    Doing it again changes nothing. A question that the bank has with another wording, key,
    explanation or filing is brought up to date; tags are added. In a bank with three reviews a
    new wording waits as proposed, and what is current stays. Raises QuestionError for an
    impossible bank name or more than MOST_QUESTIONS, and whatever reading `entries` raises,
    before anything is written.
    """
    name = bank.name if bank else _read_name(bank_name)
    lines = refuse_foreign_media(_read_lines(_take(entries), report), author)
    if is_dry_run:
        planned = _plan(bank or QuestionBank.objects.filter(name=name).first(), lines)
    else:
        with transaction.atomic():
            bank = lock_bank(bank or QuestionBank.objects.get_or_create(name=name)[0])
            planned = _plan(bank, lines)
            write(bank, planned, author)
    return ImportReport(name, is_dry_run, tuple(line for line, _question in planned))


def _take(entries: Iterable[Entry]) -> list[Entry]:
    taken = list(islice(entries, MOST_QUESTIONS + 1))
    if len(taken) > MOST_QUESTIONS:
        message = _("一个文件最多导入 %(most)d 道题；请把它分成几份，一份一份导入。")
        raise QuestionError([message % {"most": MOST_QUESTIONS}])
    return taken


def _read_lines(entries: list[Entry], report: Progress | None) -> list[Line]:
    firsts: Firsts = {}
    lines = []
    for done, entry in enumerate(entries, start=1):
        lines.append(read_line(entry, firsts))
        if report and (done % REPORT_EVERY == 0 or done == len(entries)):
            report(done, len(entries))
    return lines


def _plan(bank: QuestionBank | None, lines: list[Line]) -> list[Planned]:
    fingerprints = [line.wording.fingerprint for line in lines if line.wording]
    elsewhere = find_elsewhere(bank, fingerprints)
    noted = (_note_elsewhere(line, elsewhere) for line in lines)
    filed = find_filed(bank, fingerprints)
    return list(compare_with_bank(noted, filed, find_replaced_keys(filed.values())))


def _note_elsewhere(line: Line, elsewhere: dict[str, str]) -> Line:
    name = elsewhere.get(line.wording.fingerprint) if line.wording else None
    if name is None:
        return line
    return replace(
        line,
        notes=(
            *line.notes,
            _("题库“%(bank)s”里也有这道题。") % {"bank": name},
        ),
    )


def _read_name(text: str) -> str:
    name = " ".join(text.split())
    longest = QuestionBank._meta.get_field("name").max_length
    if not 0 < len(name) <= longest:
        raise QuestionError([_("题库名称请填 1 到 %(max)d 个字。") % {"max": longest}])
    return name
