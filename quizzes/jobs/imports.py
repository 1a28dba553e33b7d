"""Importing a file of questions: first a trial that writes nothing, then the import itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from federations.domain.jobs import JobRefused, Report, keep_output, open_upload, shorten_name
from federations.models import Federation, Job
from quizzes.admin_views.scope import edited_banks
from quizzes.desk.import_report import changes, count_lines, say_nothing_changes, sum_up
from quizzes.domain.importing import ImportReport, import_questions
from quizzes.interchange.entries import UnreadableFile
from quizzes.interchange.error_workbook import write_errors
from quizzes.interchange.registry import find_format
from quizzes.models import QuestionBank
from quizzes.question_types.base import QuestionError


def check_import(job: Job, report: Report) -> dict[str, Any]:
    """params: "bank" (id) or "new_bank" (name), "federation" (id or null), "file_name",
    "needs_review" (of a new bank)."""
    name = job.params["new_bank"]
    place = {"bank_name": name} if name else {"bank": _own_bank(job, job.params["bank"])}
    with _open_named(job) as path:
        trial = _read(path, place, job, report, is_dry_run=True)
        _keep_errors(job, job.params["file_name"], path, trial)
    return sum_up(trial) | {
        "bank_name": trial.bank_name,
        "opens": reverse("import_check", args=[job.pk]),
    }


def run_import(job: Job, report: Report) -> dict[str, Any]:
    """params: "check", the job that tried the file."""
    check = Job.objects.filter(pk=job.params["check"], owner=job.owner_id).first()
    if check is None:
        raise JobRefused(_("这份文件已经过期清理了，请重新上传。"))
    bank = _target_bank(check)
    with _open_named(check) as path:
        done = _read(path, {"bank": bank}, job, report, is_dry_run=False)
        _keep_errors(job, check.params["file_name"], path, done)
    return _tell(bank, done)


def _own_bank(job: Job, bank_id: int) -> QuestionBank:
    """Roles may have changed since the job was asked for."""
    bank = edited_banks(job.owner).filter(pk=bank_id).first()
    if bank is None:
        raise JobRefused(_("这个题库不在您的编辑范围内，没有导入。请重新选择题库。"))
    return bank


def _target_bank(check: Job) -> QuestionBank:
    if not check.params["new_bank"]:
        return _own_bank(check, check.params["bank"])
    federation = Federation.objects.filter(pk=check.params["federation"]).first()
    bank, _is_new = QuestionBank.objects.get_or_create(
        name=check.params["new_bank"],
        defaults={
            "federation": federation,
            "needs_review": check.params.get("needs_review", True),
        },
    )
    return _own_bank(check, bank.pk)


@contextmanager
def _open_named(job: Job) -> Iterator[Path]:
    """The upload under its own name, which is the sheet's name of a .csv."""
    with open_upload(job) as path:
        name = shorten_name(job.params["file_name"])
        yield path.rename(path.with_name(name))


def _read(
    path: Path, place: dict[str, Any], job: Job, report: Report, *, is_dry_run: bool
) -> ImportReport:
    """`place` is the bank, or the name of a new one."""
    try:
        return import_questions(
            **place,
            entries=find_format(path.name, path).read(path),
            author=job.owner,
            is_dry_run=is_dry_run,
            report=report,
        )
    except UnreadableFile as error:
        raise JobRefused(str(error)) from error
    except QuestionError as error:
        raise JobRefused("".join(error.messages)) from error


def _keep_errors(job: Job, file_name: str, path: Path, report: ImportReport) -> None:
    if not any(True for _line in report.refused()):
        return
    errors = path.with_name(f"{path.name}.errors.xlsx")
    write_errors(errors, report, path)
    keep_output(job=job, path=errors, name=_("%s-导入结果.xlsx") % Path(file_name).stem)


def _tell(bank: QuestionBank, report: ImportReport) -> dict[str, Any]:
    summary = sum_up(report)
    notes = [_("题库“%s”") % bank.name]
    if not changes(summary["counts"]):
        notes.append(say_nothing_changes(summary["counts"]))
    if summary["problem"] or summary["duplicate"]:
        notes.append(
            _("没有导入的行和原因在下载的文件里，改好后可以再导一次，已导入的题不会重复。")
        )
    return {
        "counts": summary["counts"],
        "lines": count_lines(summary["counts"]),
        "notes": notes,
        "links": [
            [_("查看题库里的题"), f"{reverse('question:index')}?bank={bank.pk}"],
            [_("再导入一份"), reverse("import_upload")],
        ],
    }
