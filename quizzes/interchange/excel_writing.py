"""Writing questions into a workbook: our own layout, which is 考试宝's with more columns.

Every cell is text, so nothing in it is ever a formula. A case takes a row of its own, with its
questions below it; they share the number in the column 题组.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from django.utils.translation import gettext as _

from quizzes.question_types.registry import QUESTION_TYPES

from .entries import Problem, RawQuestion
from .headers import SETTING_PREFIX
from .vocabulary import name_type, show_settings, write_tags
from .writable import check_writable, refuse, texts_of

LABEL = "Excel"
HELD_TYPES = frozenset(QUESTION_TYPES)
# What a cell can hold, in UTF-16 units.
MAX_CELL = 32_767
_FIRST = ("题干", "题型", "题组")
# Types whose answers have columns of their own: 空 1, 空 2, …
_A_CELL_PER_ANSWER = frozenset({"blank"})
_LAST = ("解析", "知识点", "难度", "来源", "标签")
RESULT = "导入结果"
_WIDTHS = {"题干": 60, "解析": 40, RESULT: 60}


@dataclass(frozen=True, slots=True)
class _Row:
    """`options` and `blanks` are by place, `settings` by label."""

    question: RawQuestion
    group: str
    options: tuple[str, ...]
    answer: str
    blanks: tuple[str, ...]
    settings: Mapping[str, str]


def write(path: Path, questions: Iterable[RawQuestion], bank_name: str) -> list[Problem]:
    """Returns the questions that are not in the file, with the reasons."""
    problems: list[Problem] = []
    held = check_writable(questions, HELD_TYPES, LABEL, problems)
    rows = list(_lay_out(held, problems))
    write_cells(path, list(_make_header(rows)), map(_fill, rows))
    return problems


def write_with_results(path: Path, questions: Iterable[tuple[RawQuestion, str]]) -> None:
    """Each question, however unsound, with what became of it in the column 导入结果."""
    rows: list[tuple[_Row, str]] = []
    for question, result in questions:
        group = str(len(rows) + 1) if question.parts else ""
        rows += [(_make_row(each, group), result) for each in (question, *question.parts)]
    names = [*_make_header([row for row, _result in rows]), RESULT]
    write_cells(path, names, ({**_fill(row), RESULT: result} for row, result in rows))


def write_cells(path: Path, names: list[str], rows: Iterable[Mapping[str, str]]) -> None:
    """A sheet of texts under these names."""
    columns = {name: place for place, name in enumerate(names)}
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(_("试题"))
        sheet.freeze_panes(1, 0)
        wrap = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        bold = book.add_format({"bold": True, "num_format": "@"})
        for name, column in columns.items():
            sheet.set_column(column, column, _WIDTHS.get(name, 14))
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(rows, start=1):
            for name, text in row.items():
                # Not `write`, which would make a formula of "=1".
                sheet.write_string(number, columns[name], text[:MAX_CELL], wrap)


def _lay_out(questions: Iterable[RawQuestion], problems: list[Problem]) -> Iterator[_Row]:
    groups = 0
    for question in questions:
        if any(len(text.encode("utf-16-le")) // 2 > MAX_CELL for text in texts_of(question)):
            problems.append(refuse(question, _("文字太长，Excel 的一格放不下，这道题没有导出。")))
            continue
        groups += bool(question.parts)
        group = str(groups) if question.parts else ""
        yield _make_row(question, group)
        for part in question.parts:
            yield _make_row(part, group)


def _make_row(question: RawQuestion, group: str) -> _Row:
    is_blank = question.type in _A_CELL_PER_ANSWER
    return _Row(
        question=question,
        group=group,
        options=question.options,
        answer="" if is_blank else "\n".join(question.answers),
        blanks=question.answers if is_blank else (),
        settings=show_settings(question.type, question.settings),
    )


def _make_header(rows: list[_Row]) -> dict[str, int]:
    """Column numbers by name: as many options, blanks and settings as are there."""
    options = max((len(row.options) for row in rows), default=0)
    blanks = max((len(row.blanks) for row in rows), default=0)
    names = [
        *_FIRST,
        *(_name_option(place) for place in range(max(options, 4))),
        "正确答案",
        *(f"空{place}" for place in range(1, blanks + 1)),
        *_LAST,
        *sorted({SETTING_PREFIX + "：" + label for row in rows for label in row.settings}),
    ]
    return {name: place for place, name in enumerate(names)}


def _fill(row: _Row) -> dict[str, str]:
    question = row.question
    cells = {
        "题干": question.stem,
        "题型": name_type(question.type),
        "题组": row.group,
        "正确答案": row.answer,
        "解析": question.explanation,
        "知识点": question.knowledge_point,
        "难度": str(question.difficulty or ""),
        "来源": question.source,
        "标签": write_tags(question.tags),
        **{_name_option(place): text for place, text in enumerate(row.options)},
        **{f"空{place}": text for place, text in enumerate(row.blanks, start=1)},
        **{SETTING_PREFIX + "：" + label: text for label, text in row.settings.items()},
    }
    return {name: text for name, text in cells.items() if text}


def _name_option(place: int) -> str:
    return f"选项{chr(ord('A') + place)}"
