"""An import's report as JSON, for the page that shows it: kept as a job's result."""

from typing import Any

from django.utils.translation import gettext as _

from quizzes.domain.importing import ImportReport, Line, Result
from quizzes.question_types.registry import get_type

# The rest is in the workbook with the errors.
MOST_ROWS = 2000
PREVIEWED = 20


def sum_up(report: ImportReport) -> dict[str, Any]:
    """Counts, the rows that need a look, and the first ones that would be imported.

    Rows are [sheet, row, what is the matter].
    """
    return {
        "counts": {str(each): report.count(each) for each in Result},
        "problem": _refused(report, Result.PROBLEM),
        "duplicate": _refused(report, Result.DUPLICATE),
        "note": [
            [entry.sheet, entry.row, note] for entry, note in _first(report.notes(), MOST_ROWS)
        ],
        "preview": [_preview(line) for line in _first(_changing(report), PREVIEWED)],
    }


def count_lines(counts: dict[str, int]) -> list[list[str]]:
    """The counts as a table: what, how many."""
    labels = {
        Result.IMPORTED: _("新题"),
        Result.UPDATED: _("更新"),
        Result.UNCHANGED: _("没有变化"),
        Result.DUPLICATE: _("重复，不导入"),
        Result.PROBLEM: _("有问题，不导入"),
    }
    return [[label, str(counts[result])] for result, label in labels.items()]


def changes(counts: dict[str, int]) -> int:
    """How many questions the import adds or brings up to date."""
    return counts[Result.IMPORTED] + counts[Result.UPDATED]


def say_nothing_changes(counts: dict[str, int]) -> str:
    """Why a file without `changes` brings nothing."""
    if counts[Result.UNCHANGED]:
        return _("没有变化：文件里能导入的题，题库里都已经有了。")
    if counts[Result.PROBLEM]:
        return _("没有一道题能导入：请照说明改好文件，再上传一次。")
    if counts[Result.DUPLICATE]:
        return _("没有可以导入的新题：都和已有的题重复。")
    return _("文件里没有找到试题，请核对是不是选错了文件。")


def _refused(report: ImportReport, result: Result) -> list[list]:
    lines = (line for line in report.refused() if line.result == result)
    return [[line.entry.sheet, line.entry.row, line.reason] for line in _first(lines, MOST_ROWS)]


def _changing(report: ImportReport):
    wanted = (Result.IMPORTED, Result.UPDATED)
    return (line for line in report.accepted() if line.result in wanted)


def _preview(line: Line) -> dict[str, Any]:
    entry = line.entry
    return {
        "sheet": entry.sheet,
        "row": entry.row,
        "is_new": line.result == Result.IMPORTED,
        "type": str(get_type(line.wording.type).label),
        "stem": line.wording.stem,
        "options": list(entry.options),
        "answers": list(line.wording.answers),
        "explanation": line.wording.explanation,
        "parts": [part.stem for part in getattr(entry, "parts", ())],
    }


def _first(items, count: int):
    return (item for item, _place in zip(items, range(count), strict=False))
