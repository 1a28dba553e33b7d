"""What a member takes along of everything that is kept of her."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from federations.domain.jobs import Report, keep_output
from federations.models import Job
from learning.exporting import write_my_archive
from members.domain.notices import tell

MY_DATA = "my_data"


def write_archive(job: Job, report: Report) -> dict[str, Any]:
    """No params: it is about the job's owner, and nobody else's ever."""
    now = timezone.now()
    report(0, 1)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "archive.zip"
        write_my_archive(member=job.owner, path=path, now=now)
        keep_output(job=job, path=path, name=_("我的信息.zip"))
    tell(
        member_ids=[job.owner_id],
        text=_("您要的个人信息准备好了，请下载。"),
        url=reverse("my_data"),
        now=now,
    )
    return {}
