"""Importing a roster: first a trial that writes nothing, then the import itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from federations.domain.jobs import JobRefused, Report, keep_output, open_upload
from federations.domain.roster import (
    Draft,
    RosterBusy,
    RosterFileError,
    RosterHasProblems,
    Tally,
    check_draft,
    lay_out,
    write_draft,
    write_problem_book,
)
from federations.models import Job, StaffRoleType
from federations.scope import staff_paths
from members.models import Member

CHECK, IMPORT = "roster_check", "roster_import"
PROBLEMS_KEPT, PREVIEWED = 200, 8


def check_roster(job: Job, report: Report) -> dict[str, Any]:
    """Try the upload. params: "federation", the place whose desk the result is shown at; what she
    manages is asked when the job runs."""
    with _lay_out(job, job, report) as draft:
        tally = check_draft(draft, report=report)
        _keep_problems(job, draft, tally)
        return {
            "counts": asdict(tally),
            "sheets": [_sheet(head) for head in draft.heads],
            "problems": [[row.line, row.problems] for row in draft.scratch.bad_rows(PROBLEMS_KEPT)],
            "preview": [_preview(draft, entry) for entry in draft.scratch.first_sound(PREVIEWED)],
            "opens": _address(job, "desk_import_check", job.pk),
        }


def run_import(job: Job, report: Report) -> dict[str, Any]:
    """params: "check", the job that tried the file; "skip_bad"."""
    check = Job.objects.filter(pk=job.params["check"], kind=CHECK, owner=job.owner_id).first()
    if check is None or not check.upload:
        raise JobRefused(_("这份文件已经过期清理了，请重新上传。"))
    with _lay_out(job, check, report) as draft:
        # Seen as one way: the check is its first half, the writing its second.
        tried = check_draft(draft, report=lambda done, total: report(done // 2, total))
        if tried.bad and not job.params["skip_bad"]:
            raise JobRefused(_("检查以后情况变了，有的行有了问题，没有导入。请重新上传检查。"))
        tally = _write(draft, job, lambda done, total: report((total + done) // 2, total))
        _keep_problems(job, draft, tally)
    return _tell(tally) | {"links": [[_("再导入一份"), _address(check, "desk_import")]]}


def _address(check: Job, url_name: str, *args: int) -> str:
    return f"{reverse(url_name, args=args)}?federation={check.params['federation']}"


@contextmanager
def _lay_out(job: Job, source: Job, report: Report) -> Iterator[Draft]:
    """The roster that came in with `source`, limited to what the job's owner manages now."""
    within = managed_paths(job.owner)
    if within == []:
        raise JobRefused(_("您现在没有管理员角色，不能导入名册。"))
    try:
        with open_upload(source) as path, lay_out(path=path, within=within, report=report) as draft:
            yield draft
    except RosterFileError as error:
        raise JobRefused(str(error)) from error


def managed_paths(member: Member) -> list[str] | None:
    """Tree paths below which she may change the roster; None: everywhere."""
    if member.is_superuser and member.is_active:
        return None
    return staff_paths(member, roles=(StaffRoleType.MANAGER,)) if member.is_active else []


def _write(draft: Draft, job: Job, report: Report) -> Tally:
    try:
        return write_draft(draft, skip_bad=job.params["skip_bad"], report=report, by=job.owner)
    except RosterHasProblems as error:
        message = _("导入时有人改动了同一批人员。请重新上传这份文件，已导入的人不会重复。")
        raise JobRefused(message) from error
    except RosterBusy as error:
        raise JobRefused(str(error)) from error


def _keep_problems(job: Job, draft: Draft, tally: Tally) -> None:
    if not tally.bad:
        return
    with TemporaryDirectory() as folder:
        book = Path(folder) / "problems.xlsx"
        write_problem_book(draft.scratch, book)
        keep_output(job=job, path=book, name=_("名册-没有导入的行.xlsx"))


def _sheet(head) -> dict[str, Any]:
    return {
        "title": head.title,
        "columns": [[name, get_column_letter(at + 1)] for name, at in head.columns.items()],
    }


def _preview(draft: Draft, entry) -> dict[str, Any]:
    """What is shown of a row, phones masked."""
    return {
        "line": entry.line,
        "name": entry.name,
        "phone": Member(phone=entry.phone).masked_phone,
        "place": draft.scratch.finder.title(entry.place),
        "position": entry.position,
        "term": entry.term,
        "starts_on": entry.starts_on.isoformat(),
        "ends_on": entry.ends_on.isoformat() if entry.ends_on else "",
    }


def count_lines(counts: dict[str, int]) -> list[list[str]]:
    """Figures with their names, for the check and for the import."""
    named = [
        (_("行数"), "rows"),
        (_("新增任职"), "created"),
        (_("其中新执委"), "new_members"),
        (_("更新任职"), "updated"),
        (_("没有变化"), "unchanged"),
        (_("有问题"), "bad"),
    ]
    return [[label, f"{counts[key]:,}"] for label, key in named]


def say_known(counts: dict[str, int]) -> str:
    """Empty when nobody who has an account gets an appointment."""
    if not counts["known_members"]:
        return ""
    message = _("其中 %(count)d 人系统里已有账号，只给她们加任职，姓名和手机号都不改。")
    return message % {"count": counts["known_members"]}


def _tell(tally: Tally) -> dict[str, Any]:
    counts = asdict(tally)
    notes = [say_known(counts)] if counts["known_members"] else []
    if not tally.changes:
        notes.append(_("没有变化：名单已是最新。"))
    if tally.bad:
        notes.append(_("有问题的行和原因在下载的文件里，改好后再导一次；已导入的人不会重复。"))
    if tally.changes:
        notes.append(_("排行和任务进度会陆续算上新名单。"))
    return {
        "counts": counts,
        "lines": count_lines(counts),
        "notes": notes,
    }
