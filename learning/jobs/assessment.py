"""Background jobs about assessments: computing a period, and telling it as a bulletin."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from federations.desk.access import MANAGERS, Desk, open_desk
from federations.domain.jobs import JobRefused, Report, keep_output
from federations.models import Job
from learning.assessment.bulletin import bulletin_of
from learning.assessment.domain import compute_period
from learning.assessment.queries import Sight, schemes_at
from learning.assessment.windows import window_title
from learning.jobs.papers import write_bulletin_file
from learning.models import AssessmentPeriod

GONE = gettext_lazy("这个考核不在您的范围内，或已经没有了。")


def compute_assessment(job: Job, report: Report) -> dict[str, Any]:
    """params: "period" (id). Roles may have changed since the job was asked for."""
    period = _find_period(job)
    desk = _open_desk(job, period.scheme.federation_id)
    if not desk.may(MANAGERS):
        raise JobRefused(str(GONE))
    report(0, 1)
    if not compute_period(period_id=period.pk, now=timezone.now()):
        raise JobRefused(_("这个时段已经定稿，不再重新计算。"))
    report(1, 1)
    units = str(period.results.count())
    return {"lines": [[_("计算的单位"), units]], "links": [_back(desk, period)]}


def write_bulletin(job: Job, report: Report) -> dict[str, Any]:
    """params: "period", "place" (ids), "format". What she may see is asked again."""
    period = _find_period(job)
    desk = _open_desk(job, job.params["place"])
    if not schemes_at(desk.place).filter(pk=period.scheme_id).exists():
        raise JobRefused(str(GONE))
    report(0, 1)
    bulletin = bulletin_of(Sight(period.scheme, period, desk.place), now=timezone.now())
    form = job.params["format"]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"bulletin.{form}"
        write_bulletin_file(bulletin, form, path)
        when = window_title(period.scheme.span, period.first_day)
        keep_output(job=job, path=path, name=f"{period.scheme.title}-{when}.{form}")
    report(1, 1)
    count = len(bulletin.rows) + len(bulletin.small_rows)
    return {"lines": [[_("单位"), str(count)]], "links": [_back(desk, period)]}


def _find_period(job: Job) -> AssessmentPeriod:
    periods = AssessmentPeriod.objects.select_related("scheme__federation")
    period = periods.filter(pk=job.params["period"]).first()
    if period is None:
        raise JobRefused(str(GONE))
    return period


def _open_desk(job: Job, place: int) -> Desk:
    try:
        return open_desk(job.owner, place)
    except (PermissionDenied, Http404) as refusal:
        raise JobRefused(str(GONE)) from refusal


def _back(desk: Desk, period: AssessmentPeriod) -> list[str]:
    url = desk.address("desk_assessment_scheme", period.scheme_id, period=period.key)
    return [_("看考核结果"), url]
