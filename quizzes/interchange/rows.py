"""One row of a sheet as a question or a problem."""

import datetime
import unicodedata
from collections.abc import Sequence

from django.utils.translation import gettext as _

from federations.workbooks.text import Cell, read_text

from .entries import Entry, Problem, RawQuestion
from .headers import Columns
from .option_lists import AnswerError, read_answer, split_options, strip_labels
from .vocabulary import read_difficulty, read_settings, read_tags, read_type

# datetime.datetime is a date as well.
DATES = (datetime.date, datetime.time, datetime.timedelta)


def read_row(sheet: str, number: int, row: Sequence[Cell], columns: Columns) -> Entry:
    texts = read_roles(row, columns)
    type_key = find_type(sheet, texts, columns)
    if type_key is None:
        return Problem(sheet, number, _explain_unknown_type(texts.get("type", "")))
    if dates := _find_dates(row, columns):
        return Problem(sheet, number, _explain_dates(dates), type_key)
    difficulty = read_difficulty(texts.get("difficulty", ""))
    try:
        options = strip_labels(_read_places(row, columns.options))
        options = options or split_options(texts.get("options", ""))
        options, answers = read_answer(type_key, options, texts.get("answer", ""))
    except AnswerError as error:
        return Problem(sheet, number, str(error), type_key)
    answers = _read_blanks(row, columns) or answers
    return RawQuestion(
        sheet=sheet,
        row=number,
        type=type_key,
        stem=texts["stem"],
        options=options,
        answers=answers,
        explanation=texts.get("explanation") or texts.get("more_explanation", ""),
        difficulty=difficulty,
        knowledge_point=_read_knowledge_point(row, columns, texts),
        source=texts.get("source", ""),
        notes=_note_difficulty(texts.get("difficulty", ""), difficulty),
        settings=read_settings(
            type_key, {name: read_text(row[place]) for name, place in columns.settings.items()}
        ),
        tags=read_tags(texts.get("tags", "")),
    )


def read_roles(row: Sequence[Cell], columns: Columns) -> dict[str, str]:
    texts = {role: read_text(row[column]) for role, column in columns.roles.items()}
    if "options" in columns.roles:
        # The enterprise template writes an empty cell so.
        texts = {role: "" if text == "\\" else text for role, text in texts.items()}
    return texts


def find_type(sheet: str, texts: dict[str, str], columns: Columns) -> str | None:
    told = unicodedata.normalize("NFKC", texts.get("type", ""))
    return read_type(columns.codes.get(told) or told or sheet)


def _read_knowledge_point(row: Sequence[Cell], columns: Columns, texts: dict[str, str]) -> str:
    """The narrowest level that is filled."""
    levels = [read_text(row[columns.levels[level]]) for level in sorted(columns.levels)]
    levels = [text for text in levels if text not in ("", "\\")]
    return texts.get("knowledge_point") or (levels[-1] if levels else texts.get("chapter", ""))


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


def _find_dates(row: Sequence[Cell], columns: Columns) -> list[str]:
    return [name for column, name in columns.labels.items() if isinstance(row[column], DATES)]


def _explain_dates(names: list[str]) -> str:
    return _(
        "%(cells)s是日期格式的单元格，看不出原来怎样写；"
        "请把单元格格式改为“文本”，再照原样填写，例如“4月15日”。"
    ) % {"cells": "、".join(names)}


def _explain_unknown_type(text: str) -> str:
    if text:
        return _("看不懂题型“%(type)s”，请填写单选题、多选题、判断题、填空题、简答题等。") % {
            "type": text[:20]
        }
    return _("不知道是什么题型：请填写“题型”一列，或用题型作工作表的名称，例如“单选题”。")


def _note_difficulty(text: str, difficulty: int | None) -> tuple[str, ...]:
    if not text or difficulty:
        return ()
    return (_("看不懂难度“%(text)s”，没有采用；难度请填 1 到 5。") % {"text": text[:20]},)
