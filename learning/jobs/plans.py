"""Background jobs about plans: the kind of a job, and what does it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federations.admin_views.policies import MANAGERS
from federations.domain.jobs import JobRefused, Report, keep_output
from federations.models import Federation, Job
from federations.scope import LOOKERS
from learning.admin_views.policy import seen_places, seen_plans
from learning.domain.reminders import ReminderRefused, remind_unfinished
from learning.models import Plan
from learning.people import State
from learning.people_workbook import write_people


def find_scope(job: Job, roles) -> tuple[Plan, Federation]:
    """params: "plan", "federation" (ids). Roles may have changed since the job was asked for."""
    plan = seen_plans(job.owner).filter(pk=job.params["plan"]).first()
    if plan is None:
        raise JobRefused(_("这个学习任务不在您的范围内，或已经删除了。"))
    places = seen_places(job.owner, plan, roles=roles)
    federation = places.filter(pk=job.params["federation"]).first()
    if federation is None:
        raise JobRefused(_("这个单位不在您的范围内。"))
    return plan, federation


def send_reminders(job: Job, report: Report) -> dict[str, Any]:
    plan, federation = find_scope(job, MANAGERS)
    try:
        sent = remind_unfinished(
            plan=plan,
            federations=[federation],
            run=f"job-{job.pk}",
            by=job.owner,
            now=timezone.now(),
            report=report,
        )
    except ReminderRefused as refusal:
        raise JobRefused(str(refusal)) from refusal
    lines = [
        [_("收到提醒"), str(sent.sent)],
        [_("七天内已提醒过，没有再发"), str(sent.within_week)],
        [_("自己停止了提醒"), str(sent.stopped)],
        [_("账号停用"), str(sent.inactive)],
    ]
    return {"lines": lines, "links": [_back(plan, federation)]}


def export_people(job: Job, report: Report) -> dict[str, Any]:
    """params: also "state" (a State, or empty for all)."""
    plan, federation = find_scope(job, LOOKERS)
    state = State(job.params["state"]) if job.params.get("state") else None
    with TemporaryDirectory() as folder:
        path = Path(folder) / "people.xlsx"
        count = write_people(
            path=path,
            plan=plan,
            federations=[federation],
            state=state,
            now=timezone.now(),
            report=report,
        )
        name = _("完成情况-%(place)s-%(day)s.xlsx") % {
            "place": federation.name,
            "day": localdate().isoformat(),
        }
        keep_output(job=job, path=path, name=name)
    return {"lines": [[_("人数"), str(count)]], "links": [_back(plan, federation)]}


def _back(plan: Plan, federation: Federation) -> list[str]:
    url = f"{reverse('plan_progress', args=[plan.pk])}?federation={federation.pk}"
    return [_("回到进度"), url]
