"""Background jobs about leaderboards: a board as a workbook, or as a bulletin on paper."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federations.desk.access import has_desk
from federations.domain.jobs import JobRefused, Report, keep_output
from federations.models import Job
from learning.boards import Board
from learning.bulletins.asking import BoardChoice, file_name
from learning.bulletins.bulletin import Bulletin
from learning.bulletins.of_board import bulletin_of
from learning.jobs.papers import write_bulletin_file


def export_board(job: Job, report: Report) -> dict[str, Any]:
    """params: those of BoardChoice. What she may see is asked again when the job runs."""
    choice = BoardChoice(**job.params)
    board = choice.open_for(job.owner) if has_desk(job.owner) else None
    if board is None:
        raise JobRefused(_("这个排行不在您能看的范围内，或已经删除了。"))
    report(0, 2)
    bulletin = bulletin_of(board, now=timezone.now())
    report(1, 2)
    _write(job, choice.format, board, bulletin)
    report(2, 2)
    count = len(bulletin.rows) + len(bulletin.small_rows)
    back = f"{reverse('learning:board')}?plan={board.plan.pk}&federation={board.federation.pk}"
    return {"lines": [[_("单位"), str(count)]], "links": [[_("回到排行"), back]]}


def _write(job: Job, format_: str, board: Board, bulletin: Bulletin) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"board.{format_}"
        write_bulletin_file(bulletin, format_, path)
        keep_output(job=job, path=path, name=file_name(board, format_, localdate().isoformat()))
