"""manage.py import_roster FILE [--apply]: members and appointments from an Excel roster."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from federations.domain.roster import RosterFileError, RosterResult, import_roster, write_report
from federations.domain.roster.report import default_target

PROBLEMS_SHOWN = 50


class Command(BaseCommand):
    help = "从 Excel 花名册导入执委和任职。默认只试运行、不写入；核对无误后加 --apply 写入。"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="花名册（.xlsx）")
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument("--dry-run", action="store_true", help="只检查，不写入（默认）")
        mode.add_argument("--apply", action="store_true", help="写入数据库")
        parser.add_argument(
            "--skip-bad", action="store_true", help="与 --apply 同用：跳过有问题的行，导入其余的行"
        )
        parser.add_argument(
            "--report", type=Path, help="导入结果的文件名（默认在花名册旁边，名为 …-导入结果.xlsx）"
        )

    def handle(self, *, file: Path, apply: bool, skip_bad: bool, report: Path | None, **options):
        try:
            result = import_roster(path=file, apply=apply, skip_bad=skip_bad)
            self.stdout.write(describe_counts(result))
            self.stdout.write(describe_outcome(result))
            self.report_problems(result, report)
        except RosterFileError as error:
            raise CommandError(str(error)) from error
        except IntegrityError as error:
            message = _("导入时有人改动了同一批数据，没有写入任何内容，请重新运行。")
            raise CommandError(message) from error
        if result.bad and not result.applied:
            message = _("有 %(count)d 行有问题，没有写入任何内容：请改正后重新运行。")
            raise CommandError(message % {"count": len(result.bad)})

    def report_problems(self, result: RosterResult, report: Path | None) -> None:
        """Print row numbers and reasons; what the rows hold stays in the workbook."""
        for entry in result.bad[:PROBLEMS_SHOWN]:
            line = _("第 %(line)d 行：%(reasons)s")
            self.stdout.write(line % {"line": entry.line, "reasons": " ".join(entry.problems)})
        if (hidden := len(result.bad) - PROBLEMS_SHOWN) > 0:
            self.stdout.write(_("另有 %(count)d 行") % {"count": hidden})
        if result.bad or report:
            target = report or default_target(result.sheet.path)
            write_report(result, target)
            self.stdout.write(_("逐行结果已写入：%(path)s") % {"path": target})


def describe_counts(result: RosterResult) -> str:
    message = _(
        "共 %(rows)d 行：任职新增 %(created)d 条（新执委 %(members)d 人）、"
        "更新 %(updated)d 条、未变 %(unchanged)d 条，有问题 %(bad)d 行。"
    )
    return message % {
        "rows": len(result.entries),
        "created": result.created,
        "members": result.new_members,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "bad": len(result.bad),
    }


def describe_outcome(result: RosterResult) -> str:
    if not result.applied:
        return _("没有写入任何内容；全部行没有问题时，加 --apply 再运行一次即写入。")
    if not result.touched_federation_ids:
        return _("没有变化：名单已是最新。")
    return _("已写入。排行榜几秒钟内会算上新名单。")
