"""manage.py import_roster FILE [--apply]: members and appointments from a roster."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils.translation import gettext as _
from tqdm import tqdm

from federations.domain.roster import (
    Draft,
    RosterBusy,
    RosterFileError,
    RosterHasProblems,
    RosterResult,
    Tally,
    check_draft,
    import_roster,
    is_large,
    lay_out,
    write_draft,
    write_problem_book,
    write_report,
)
from federations.domain.roster.report import default_target

PROBLEMS_SHOWN = 50


class Command(BaseCommand):
    help = (
        "从花名册导入执委和任职。默认只试运行、不写入；核对无误后加 --apply 写入。"
        "大文件（2 MB 以上的 .xlsx、.csv）分批写入，中途断了就原样再运行一次。"
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="花名册（.xlsx、.xls、.csv）")
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
            if is_large(file):
                self.import_large(file, apply, skip_bad, report)
            else:
                self.import_small(file, apply, skip_bad, report)
        except (RosterFileError, RosterBusy) as error:
            raise CommandError(str(error)) from error
        except IntegrityError as error:
            message = _("导入时有人改动了同一批数据，没有写入任何内容，请重新运行。")
            raise CommandError(message) from error

    def import_small(self, file: Path, apply: bool, skip_bad: bool, report: Path | None) -> None:
        result = import_roster(path=file, apply=apply, skip_bad=skip_bad)
        self.stdout.write(describe_counts(count(result)))
        self.stdout.write(describe_outcome(count(result), applied=result.applied))
        self.report_problems(result, report)
        if result.bad and not result.applied:
            raise CommandError(explain_nothing_written(len(result.bad)))

    def import_large(self, file: Path, apply: bool, skip_bad: bool, report: Path | None) -> None:
        with lay_out(path=file, report=bar(_("读取"))) as draft:
            tally = check_draft(draft, report=bar(_("检查")))
            applied = apply and (skip_bad or not tally.bad)
            if applied:
                tally = self.write(draft, skip_bad)
            self.stdout.write(describe_counts(tally))
            self.stdout.write(describe_outcome(tally, applied=applied))
            self.report_bad_rows(draft, tally, report or default_target(file))
        if tally.bad and not applied:
            raise CommandError(explain_nothing_written(tally.bad))

    def write(self, draft: Draft, skip_bad: bool) -> Tally:
        try:
            return write_draft(draft, skip_bad=skip_bad, report=bar(_("写入")))
        except RosterHasProblems as error:
            message = _("检查以后有人改动了名册，没有全部写入：请把同一份文件再运行一次。")
            raise CommandError(message) from error

    def report_problems(self, result: RosterResult, report: Path | None) -> None:
        """Print row numbers and reasons; what the rows hold stays in the workbook."""
        self.tell((entry.line, entry.problems) for entry in result.bad[:PROBLEMS_SHOWN])
        if (hidden := len(result.bad) - PROBLEMS_SHOWN) > 0:
            self.stdout.write(_("另有 %(count)d 行") % {"count": hidden})
        if result.bad or report:
            target = report or default_target(result.sheet.path)
            write_report(result, target)
            self.stdout.write(_("逐行结果已写入：%(path)s") % {"path": target})

    def report_bad_rows(self, draft: Draft, tally: Tally, target: Path) -> None:
        if not tally.bad:
            return
        self.tell((row.line, row.problems) for row in draft.scratch.bad_rows(PROBLEMS_SHOWN))
        if (hidden := tally.bad - PROBLEMS_SHOWN) > 0:
            self.stdout.write(_("另有 %(count)d 行") % {"count": hidden})
        write_problem_book(draft.scratch, target)
        self.stdout.write(_("没有导入的行已写入：%(path)s") % {"path": target})

    def tell(self, problems) -> None:
        for line, reasons in problems:
            text = _("第 %(line)s 行：%(reasons)s")
            self.stdout.write(text % {"line": line, "reasons": " ".join(reasons)})


def bar(label: str):
    """A report that draws a bar; none when the output is not a terminal."""
    drawn = tqdm(desc=label, unit="行", disable=None)

    def show(done: int, total: int) -> None:
        drawn.total = total or None
        drawn.update(done - drawn.n)

    return show


def count(result: RosterResult) -> Tally:
    return Tally(
        rows=len(result.entries),
        bad=len(result.bad),
        created=result.created,
        updated=result.updated,
        unchanged=result.unchanged,
        new_members=result.new_members,
    )


def describe_counts(tally: Tally) -> str:
    message = _(
        "共 %(rows)d 行：任职新增 %(created)d 条（新执委 %(members)d 人）、"
        "更新 %(updated)d 条、未变 %(unchanged)d 条，有问题 %(bad)d 行。"
    )
    return message % {
        "rows": tally.rows,
        "created": tally.created,
        "members": tally.new_members,
        "updated": tally.updated,
        "unchanged": tally.unchanged,
        "bad": tally.bad,
    }


def describe_outcome(tally: Tally, *, applied: bool) -> str:
    if not applied:
        return _("没有写入任何内容；全部行没有问题时，加 --apply 再运行一次即写入。")
    if not tally.changes:
        return _("没有变化：名单已是最新。")
    return _("已写入。排行榜几秒钟内会算上新名单。")


def explain_nothing_written(bad: int) -> str:
    message = _("有 %(count)d 行有问题，没有写入任何内容：请改正后重新运行。")
    return message % {"count": bad}
