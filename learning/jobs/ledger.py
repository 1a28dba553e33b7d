"""Trying a point rule on last month, and writing a year's credit hours to a workbook."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federations.domain.jobs import JobRefused, Report, keep_output
from federations.models import Job
from learning.domain.ledger import load_versions
from learning.domain.ledger.hours import counted_appointments, write_hours
from learning.domain.ledger.simulation import simulate_rule, version_from
from learning.ledger_admin.policy import manages_rules


def simulate(job: Job, report: Report) -> dict[str, Any]:
    """params: "version" (simulation.version_data), "note"."""
    if not manages_rules(job.owner):
        raise JobRefused(_("积分规则由省妇联的管理员制定，您现在没有这个权限。"))
    simulation = simulate_rule(
        candidate=version_from(job.params["version"]),
        versions=load_versions(),
        today=localdate(job.created_at),
        report=report,
    )
    return simulation.to_data() | {"opens": reverse("point_rule_simulation", args=[job.pk])}


def export_hours(job: Job, report: Report) -> dict[str, Any]:
    """params: "year". The scope is that of the moment when the job runs."""
    year = job.params["year"]
    if not counted_appointments(job.owner).exists():
        raise JobRefused(_("您的管理范围内现在没有执委，没有可以导出的学时。"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hours.xlsx"
        count = write_hours(path=path, user=job.owner, year=year, report=report)
        keep_output(job=job, path=path, name=_("学时-%d.xlsx") % year)
    back = [_("回到学时统计"), reverse("hours_list") + f"?year={year}"]
    return {"lines": [[_("执委"), str(count)]], "links": [back]}
