"""An import's report as JSON, for people who compare it with their file.

Questions are told as the file has them; where they were read differently, a note says so.
"""

from typing import Any

from quizzes.interchange.entries import RawQuestion
from quizzes.question_types.base import Authoring
from quizzes.question_types.choice import ChoiceType
from quizzes.question_types.registry import get_type

from .report import ImportReport, Line, Result

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def present_report(report: ImportReport) -> dict[str, Any]:
    return {
        "bank": report.bank_name,
        "dry_run": report.is_dry_run,
        "imported": report.count(Result.IMPORTED),
        "unchanged": report.count(Result.UNCHANGED),
        "updated": report.count(Result.UPDATED),
        "duplicates": report.count(Result.DUPLICATE),
        "problems": [_present_refused(line) for line in report.refused()],
        "notes": [
            {"sheet": entry.sheet, "row": entry.row, "reason": note}
            for entry, note in report.notes()
        ],
        "questions": [_present_question(line) for line in report.accepted()],
    }


def _present_refused(line: Line) -> dict[str, Any]:
    return {"sheet": line.entry.sheet, "row": line.entry.row, "reason": line.reason}


def _present_question(line: Line) -> dict[str, Any]:
    entry, wording = line.entry, line.wording
    has_letters = isinstance(get_type(wording.type), ChoiceType) and entry.options
    options = [
        {"key": key, "text": text} for key, text in zip(LETTERS, entry.options, strict=False)
    ]
    return {
        "sheet": entry.sheet,
        "row": entry.row,
        "type": wording.type,
        "stem": wording.stem,
        "options": options,
        "answer": _read_letters(line) if has_letters else list(entry.answers),
        "explanation": wording.explanation,
        "difficulty": entry.difficulty,
        "knowledge_point": entry.knowledge_point,
        **({"tags": list(entry.tags)} if entry.tags else {}),
        **({"parts": [_present_part(part) for part in entry.parts]} if entry.parts else {}),
    }


def _present_part(part: RawQuestion) -> dict[str, Any]:
    return {
        "row": part.row,
        "type": part.type,
        "stem": part.stem,
        "options": list(part.options),
        "answer": list(part.answers),
    }


def _read_letters(line: Line) -> list[str]:
    """The letters of the right options as the file has them: in some, A of a 判断题 is 错."""
    entry: RawQuestion = line.entry
    question_type = get_type(line.wording.type)
    right = question_type.from_data(line.wording.data).right
    chosen = {
        letter: question_type.parse(Authoring(entry.stem, entry.options, (letter,))).right
        for letter in LETTERS[: len(entry.options)]
    }
    return [letter for letter, ids in chosen.items() if ids <= right]
