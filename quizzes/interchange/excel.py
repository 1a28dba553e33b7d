"""Questions in an .xlsx workbook: one sheet per type, or a 题型 column."""

import datetime
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from django.utils.translation import gettext as _

from federations.workbooks import UnsafeWorkbook, open_sheets
from federations.workbooks.text import Cell, read_text

from .entries import Entry, Problem, RawQuestion, UnreadableWorkbook
from .headers import Columns, read_header
from .vocabulary import UNGRADABLE, read_difficulty, read_type

HEADER_WITHIN = 5
# A title above the header has a cell or two; a row with more looks like a question.
TITLE_CELLS = 2
# datetime.datetime is a date as well.
DATES = (datetime.date, datetime.time, datetime.timedelta)

# 考试宝 writes the answers of several blanks as "甲|乙"; "甲|||乙" are alternatives of one.
_NEXT_BLANK = re.compile(r"(?<![|｜])[|｜](?![|｜])")

NumberedRow = tuple[int, Sequence[Cell]]


def read(path: Path) -> Iterator[Entry]:
    """Every row that is not empty, as a question or a problem, in the order of the file.

    Raises UnreadableWorkbook before anything is read when the file is no sound workbook.
    """
    try:
        sheets = open_sheets(path)
    except UnsafeWorkbook as error:
        raise UnreadableWorkbook(str(error)) from error
    return chain.from_iterable(_read_sheet(name, sheet.iter_rows()) for name, sheet in sheets)


def _read_sheet(sheet: str, rows: Iterator[Sequence[Cell]]) -> Iterator[Entry]:
    filled = ((number, row) for number, row in enumerate(rows, start=1) if _is_filled(row))
    head = [(number, row) for number, row in islice(filled, HEADER_WITHIN)]
    columns, above, below = _split_at_header(head)
    for number, row in above:
        if columns is None or sum(map(bool, map(read_text, row))) > TITLE_CELLS:
            yield Problem(sheet, number, _explain_missing_header(columns))
    for number, row in chain(below, filled):
        if columns is None:
            yield Problem(sheet, number, _explain_missing_header(None))
        elif again := read_header([read_text(cell) for cell in row]):
            columns = again
        else:
            yield _read_row(sheet, number, row, columns)


def _is_filled(row: Sequence[Cell]) -> bool:
    return any(read_text(cell) for cell in row)


def _split_at_header(
    head: list[NumberedRow],
) -> tuple[Columns | None, list[NumberedRow], list[NumberedRow]]:
    """The columns, the rows above the header and the rows below it."""
    for place, (_number, row) in enumerate(head):
        if columns := read_header([read_text(cell) for cell in row]):
            return columns, head[:place], head[place + 1 :]
    return None, head, []


def _read_row(sheet: str, number: int, row: Sequence[Cell], columns: Columns) -> Entry:
    texts = {role: read_text(row[column]) for role, column in columns.roles.items()}
    type_key = read_type(texts.get("type") or sheet)
    if type_key is None:
        return Problem(sheet, number, _explain_unknown_type(texts.get("type", "")))
    if type_key in UNGRADABLE:
        return Problem(sheet, number, str(UNGRADABLE[type_key]), type_key)
    if dates := _find_dates(row, columns):
        return Problem(sheet, number, _explain_dates(dates), type_key)
    difficulty = read_difficulty(texts.get("difficulty", ""))
    return RawQuestion(
        sheet=sheet,
        row=number,
        type=type_key,
        stem=texts["stem"],
        options=_read_places(row, columns.options),
        answers=_read_blanks(row, columns) or _split_answer(texts.get("answer", "")),
        explanation=texts.get("explanation", ""),
        difficulty=difficulty,
        knowledge_point=texts.get("knowledge_point") or texts.get("chapter", ""),
        source=texts.get("source", ""),
        notes=_note_difficulty(texts.get("difficulty", ""), difficulty),
    )


def _read_places(row: Sequence[Cell], places: dict[int, int]) -> tuple[str, ...]:
    """One text per place; empty cells at the end are dropped, those between are kept."""
    texts = [
        read_text(row[places[place]]) if place in places else ""
        for place in range(max(places, default=-1) + 1)
    ]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _read_blanks(row: Sequence[Cell], columns: Columns) -> tuple[str, ...]:
    """A cell left out between two answers is no blank: the stem says how many there are."""
    return tuple(text for text in _read_places(row, columns.blanks) if text)


def _split_answer(answer: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _NEXT_BLANK.split(answer)) if answer else ()


def _find_dates(row: Sequence[Cell], columns: Columns) -> list[str]:
    return [name for column, name in columns.labels.items() if isinstance(row[column], DATES)]


def _explain_dates(names: list[str]) -> str:
    return _(
        "%(cells)s是日期格式的单元格，看不出原来怎样写；"
        "请把单元格格式改为“文本”，再照原样填写，例如“4月15日”。"
    ) % {"cells": "、".join(names)}


def _explain_missing_header(columns: Columns | None) -> str:
    if columns:
        return _("这一行在表头上面，没有读入；如果是试题，请移到表头下面。")
    return _(
        "没有找到表头：请在前 5 行中加一行表头，至少写明“题干”和“答案”，选择题还要有“选项A”等列。"
    )


def _explain_unknown_type(text: str) -> str:
    if text:
        return _("看不懂题型“%(type)s”，请填写单选题、多选题、判断题或填空题。") % {
            "type": text[:20]
        }
    return _("不知道是什么题型：请填写“题型”一列，或用题型作工作表的名称，例如“单选题”。")


def _note_difficulty(text: str, difficulty: int | None) -> tuple[str, ...]:
    if not text or difficulty:
        return ()
    return (_("看不懂难度“%(text)s”，没有采用；难度请填 1 到 5。") % {"text": text[:20]},)
