"""A bulletin as a file, in the format that was asked for."""

from pathlib import Path

from django.utils.translation import gettext as _

from federations.domain.jobs import JobRefused
from learning.bulletins.bulletin import Bulletin
from learning.bulletins.printed import write_pdf
from learning.bulletins.workbook import write_workbook
from learning.certificates.press import PaperFailed

# All towns of the province take 85 pages; its villages would take a thousand.
MOST_PRINTED = 2500
WRITERS = {"xlsx": write_workbook, "pdf": write_pdf}


def write_bulletin_file(bulletin: Bulletin, form: str, path: Path) -> None:
    """Raises JobRefused where it cannot be printed."""
    count = len(bulletin.rows) + len(bulletin.small_rows)
    if form == "pdf" and count > MOST_PRINTED:
        raise JobRefused(
            _("有 %(n)d 个单位，印出来有几百页。请导出 Excel，或先点到一个市、一个县区再生成通报。")
            % {"n": count}
        )
    try:
        WRITERS[form](bulletin, path)
    except PaperFailed as failure:
        raise JobRefused(_("通报没有印出来，请再试一次；还不行请导出 Excel。")) from failure
