"""Background jobs about certificates: the kind of a job, and what does it."""

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from federations.domain.jobs import JobRefused, Report, keep_output, shorten_name
from federations.models import Job
from learning.certificate_papers import PaperMaker
from learning.certificate_scope import BatchChoice, chosen_certificates
from learning.certificates.press import PaperFailed, Press
from learning.domain.certificates import mark_candidates
from learning.models import Certificate

# Rows in memory at a time.
BATCH = 500
LISTED = 200
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def print_batch(job: Job, report: Report) -> dict[str, Any]:
    """A ZIP with one PDF for each certificate; params as in BatchChoice.to_params.

    What she may see is asked again when the job runs.
    """
    choice = BatchChoice.from_params(job.params)
    certificates = chosen_certificates(job.owner, choice)
    total = certificates.count()
    if not total:
        raise JobRefused(_("没有符合条件的证书。请换一个条件再试。"))
    report(0, total)
    failed = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "certificates.zip"
        with ZipFile(path, "w", ZIP_STORED) as archive, Press(settings.CERTIFICATE_FONTS) as press:
            maker = PaperMaker()
            for number, certificate in enumerate(_in_batches(certificates), start=1):
                try:
                    file = press.print_certificate(maker.certificate(certificate))
                except PaperFailed:
                    failed.append(f"{certificate.name} {certificate.shown_number}")
                else:
                    # PDFs are compressed as they are.
                    archive.writestr(_entry(certificate), file)
                report(number, total)
        keep_output(job=job, path=path, name=f"{job.title}.zip")
    return _tell(total, failed)


def _in_batches(certificates) -> Iterator[Certificate]:
    """By unit, so that a folder is a village; pages of rows, no cursor held for minutes."""
    ids = list(certificates.order_by("federation__path", "pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        rows = Certificate.objects.select_related("edition").in_bulk(ids[start : start + BATCH])
        yield from (rows[pk] for pk in ids[start : start + BATCH] if pk in rows)


def _entry(certificate: Certificate) -> ZipInfo:
    """湛江市…妇联/陈桂英-2026-….pdf; nothing that climbs out of the folder it is unpacked into."""
    unit = _UNSAFE.sub("_", certificate.unit).strip(". ") or _("其他")
    name = _UNSAFE.sub("_", certificate.name).strip(". ")
    file = shorten_name(f"{name}-{certificate.shown_number}.pdf")
    moment = timezone.localtime(certificate.issued_at).timetuple()[:6]
    return ZipInfo(f"{shorten_name(unit)}/{file}", date_time=moment)


def _tell(total: int, failed: list[str]) -> dict[str, Any]:
    lines = [[_("证书"), str(total - len(failed))]]
    notes = []
    if failed:
        lines.append([_("没有做出来"), str(len(failed))])
        notes = failed[:LISTED]
    links = [[_("回到证书列表"), reverse("certificate:index")]]
    return {"lines": lines, "notes": notes, "links": links}


def catch_up(job: Job, report: Report) -> dict[str, Any]:
    """A rule is new: whoever finished before is looked at. params: "rule" (id)."""
    count = mark_candidates(now=timezone.now(), rule_id=job.params["rule"], report=report)
    links = [[_("看证书列表"), reverse("certificate:index")]]
    notes = [_("符合条件的人会在几分钟内收到证书和消息。")] if count else []
    return {"lines": [[_("已经学完、正在补发"), str(count)]], "notes": notes, "links": links}
