"""Write the questions of a bank into a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from quizzes.domain.exporting import export_entries
from quizzes.interchange.registry import FORMATS, Format
from quizzes.models import Question, QuestionBank

WRITTEN = {each.extensions[0]: each for each in FORMATS.values() if each.write}


class Command(BaseCommand):
    help = "Write a question bank into a file: .xlsx, .gift, .xml (Moodle) or .zip (QTI)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--bank", required=True)

    def handle(self, *, file: Path, bank: str, **_options: Any) -> None:
        form = _find_format(file)
        found = QuestionBank.objects.filter(name=bank).first()
        if found is None:
            raise CommandError(_("没有题库“%(bank)s”。") % {"bank": bank})
        questions = Question.objects.filter(bank=found)
        problems = form.write(file, export_entries(questions), found.name)
        for problem in problems:
            self.stdout.write(f"#{problem.row} {problem.text[:40]}: {problem.reason}")
        count = questions.count() - len(problems)
        self.stdout.write(_("已导出 %(count)d 道题。") % {"count": count})


def _find_format(file: Path) -> Format:
    if form := WRITTEN.get(file.suffix.lower()):
        return form
    raise CommandError(_("导出的文件名要以 %(known)s 结尾。") % {"known": "、".join(WRITTEN)})
