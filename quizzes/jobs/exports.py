"""Exporting questions to a file of one of the interchange formats."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from federations.domain.jobs import JobRefused, Report, keep_output
from federations.models import Job
from quizzes.admin_views.scope import edited_questions
from quizzes.domain.exporting import export_entries
from quizzes.interchange.entries import Problem
from quizzes.interchange.registry import FORMATS

LISTED = 200
# SQLite takes no more than 32,766 values in one query.
BATCH = 20_000


def export_bank(job: Job, report: Report) -> dict[str, Any]:
    """params: "format" (a key of FORMATS), "questions" (ids), "name" (of the file)."""
    format = FORMATS[job.params["format"]]
    batches = [
        edited_questions(job.owner).filter(pk__in=ids) for ids in _batches(job.params["questions"])
    ]
    total = sum(questions.count() for questions in batches)
    if not total:
        raise JobRefused(_("没有可以导出的题。请回到试题列表，换一个筛选条件再试。"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"questions{format.extensions[0]}"
        entries = chain.from_iterable(export_entries(questions) for questions in batches)
        left_out = format.write(path, _counted(entries, total, report), job.params["name"])
        keep_output(job=job, path=path, name=f"{job.params['name']}{format.extensions[0]}")
    return _tell(total, left_out)


def _batches(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _counted(entries, total: int, report: Report):
    for number, entry in enumerate(entries, start=1):
        report(number, total)
        yield entry


def _tell(total: int, left_out: list[Problem]) -> dict[str, Any]:
    lines = [[_("导出"), str(total - len(left_out))]]
    notes = []
    if left_out:
        lines.append([_("这种格式放不下，没有导出"), str(len(left_out))])
        notes = [_name_left_out(each) for each in left_out[:LISTED]]
    links = [[_("回到试题列表"), reverse("question:index")]]
    return {"lines": lines, "notes": notes, "links": links}


def _name_left_out(problem: Problem) -> str:
    """`row` is the question's number."""
    return _("第 %(id)d 号题“%(stem)s”：%(reason)s") % {
        "id": problem.row,
        "stem": problem.text[:30],
        "reason": problem.reason,
    }
