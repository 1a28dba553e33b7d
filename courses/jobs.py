"""Background jobs about lessons: the kind of a job, and what does it."""

from typing import Any

import structlog
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.domain.encoding import KIND, encode_media
from courses.domain.recording import UnplayableRecording
from courses.encoding.process import EncoderDied
from federations.domain.jobs import Handler, JobRefused, Report
from federations.models import Job

log = structlog.get_logger(__name__)


def run_encoding(job: Job, report: Report) -> dict[str, Any]:
    media_id = job.params["media"]
    try:
        encode_media(
            media_id=media_id,
            file_name=job.params["file"],
            mark=str(job.pk),
            progress=lambda done, total: report(int(done), int(total)),
        )
    except UnplayableRecording as error:
        raise JobRefused(str(error)) from error
    except FileNotFoundError as error:
        raise JobRefused(_("原文件不在服务器上了，请重新上传。")) from error
    except EncoderDied as error:
        log.warning("encoder_died", job=job.pk, media=media_id, reason=str(error))
        raise JobRefused(
            _("处理到一半停住了，这个文件可能有损坏。请重新处理一次；还不行，请重新导出后上传。")
        ) from error
    return {"opens": reverse("wagtailmedia:edit", args=[media_id])}


HANDLERS: dict[str, Handler] = {KIND: run_encoding}
