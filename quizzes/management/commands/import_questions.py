"""Import a file of questions into a bank."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from quizzes.domain.importing import ImportReport, Result, import_questions
from quizzes.domain.importing.presenting import present_report
from quizzes.interchange.entries import UnreadableFile
from quizzes.interchange.error_workbook import write_errors
from quizzes.interchange.registry import find_format
from quizzes.question_types.base import QuestionError
from quizzes.question_types.registry import QUESTION_TYPES


class Command(BaseCommand):
    help = "Import the questions of a file (.xlsx, .xls, .csv, .docx, GIFT, Moodle XML, QTI)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--bank", required=True, help="made when there is none of this name")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

        parser.add_argument("--errors", type=Path, help="write what was not imported (.xlsx)")

    def handle(
        self,
        *,
        file: Path,
        bank: str,
        dry_run: bool,
        json: bool,
        errors: Path | None,
        **_options: Any,
    ) -> None:
        try:
            entries = find_format(file.name, file).read(file)
            report = import_questions(bank_name=bank, entries=entries, is_dry_run=dry_run)
            if errors:
                write_errors(errors, report, file)
        except (UnreadableFile, QuestionError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_write_json(report) if json else _write_text(report))


def _write_json(report: ImportReport) -> str:
    return json.dumps(present_report(report), ensure_ascii=False, indent=1)


def _write_text(report: ImportReport) -> str:
    lines = [_write_title(report), *_write_summary(report), _write_closing(report)]
    lines += [f"{line.entry.sheet}!{line.entry.row}: {line.reason}" for line in report.refused()]
    lines += [
        _("提示 %(sheet)s!%(row)d: %(note)s")
        % {"sheet": entry.sheet, "row": entry.row, "note": note}
        for entry, note in report.notes()
    ]
    return "\n".join(lines)


def _write_title(report: ImportReport) -> str:
    if report.is_dry_run:
        return _("题库“%(bank)s”：试运行，什么也没有写入。") % {"bank": report.bank_name}
    return _("题库“%(bank)s”") % {"bank": report.bank_name}


def _write_summary(report: ImportReport) -> list[str]:
    row = _(
        "%(sheet)s %(type)s：导入 %(imported)d，已更新 %(updated)d，已存在 %(unchanged)d，"
        "重复 %(duplicate)d，有问题 %(problem)d"
    )
    return [
        row
        % {
            "sheet": sheet,
            "type": _name_type(key),
            **{str(result): counts[result] for result in Result},
        }
        for (sheet, key), counts in report.count_by_sheet_and_type().items()
    ]


def _name_type(key: str) -> str:
    return str(QUESTION_TYPES[key].label) if key in QUESTION_TYPES else _("（题型不明）")


def _write_closing(report: ImportReport) -> str:
    if not report.lines:
        return _("文件里没有试题。")
    counts = {str(result): report.count(result) for result in Result}
    closing = _(
        "合计：导入 %(imported)d，已更新 %(updated)d，已存在 %(unchanged)d，"
        "重复 %(duplicate)d，有问题 %(problem)d。"
    )
    is_repetition = counts["unchanged"] and not counts["imported"] and not counts["updated"]
    return closing % counts + (_("题库没有变化。") if is_repetition else "")
