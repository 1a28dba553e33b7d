"""Whom a correction touches, as a workbook."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from federations.workbooks.writing import INERT, write_rows
from quizzes.domain.statistics.reading import Progress
from quizzes.domain.statistics.workbook import name_federations
from quizzes.models import CorrectionEffect

SLICE = 2000


def write_effects(*, path: Path, effects: QuerySet, report: Progress) -> int:
    """Write the effects of the QuerySet; returns how many. Phones are masked."""
    book = Workbook(path, INERT)
    count = write_rows(book, _("更正影响"), _titles(), _read(effects, report))
    book.close()
    return count


def _titles() -> tuple[str, ...]:
    return (
        _("姓名"),
        _("手机号"),
        _("计入单位"),
        _("测验"),
        _("第几次"),
        _("原来得分"),
        _("更正后得分"),
        _("原来结果"),
        _("更正后结果"),
    )


def _read(effects: QuerySet, report: Progress) -> Iterator[tuple[Any, ...]]:
    total, done, after = effects.count(), 0, 0
    while batch := list(with_people(effects).filter(pk__gt=after).order_by("pk")[:SLICE]):
        names = name_federations({effect.attempt.member_id for effect in batch})
        yield from (_row(effect, names) for effect in batch)
        after, done = batch[-1].pk, done + len(batch)
        report(done, total)


def with_people(effects: QuerySet) -> QuerySet:
    """With attempt, member and quiz, without the attempts' JSON."""
    heavy = [f"attempt__{name}" for name in ("layout", "answers", "marks")]
    return effects.select_related("attempt__member", "attempt__quiz").defer(*heavy)


def _row(effect: CorrectionEffect, federations: dict[int, str]) -> tuple[Any, ...]:
    attempt = effect.attempt
    return (
        attempt.member.name,
        attempt.member.masked_phone,
        federations.get(attempt.member_id, ""),
        attempt.quiz.title,
        attempt.number,
        effect.before_bp / 100,
        effect.after_bp / 100,
        name_passed(effect.passed_before),
        name_passed(effect.passed_after),
    )


def name_passed(has_passed: bool) -> str:
    return _("及格") if has_passed else _("不及格")
