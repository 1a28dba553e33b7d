"""What staff ask for about a plan: reminders, and its people as a workbook."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federations.admin_views.policies import MANAGERS
from federations.domain.jobs import JobRefused, Report, keep_output
from federations.models import Federation, Job
from federations.scope import LOOKERS, staff_federations
from learning.desk.plans import seen_boards
from learning.domain.reminders import ReminderRefused
from learning.domain.sendings import carry_out
from learning.models import Plan, ReminderSending
from learning.people import Figure, Spot
from learning.people_workbook import write_people


def find_spot(job: Job, roles) -> Spot:
    """params: "plan", "federation" (ids), "view". Roles may have changed since it was asked for."""
    plan = seen_boards(job.owner).filter(pk=job.params["plan"]).first()
    if plan is None:
        raise JobRefused(_("这个学习任务不在您的范围内，或已经删除了。"))
    places = staff_federations(job.owner, roles=roles)
    place = places.filter(pk=job.params["federation"]).first()
    spot = place and Spot.find(plan, place, job.params.get("view", "subtree"))
    if spot is None:
        raise JobRefused(_("这个单位不在您的范围内。"))
    return spot


def send_reminders(job: Job, report: Report) -> dict[str, Any]:
    """params: also "sending" (the id of a ReminderSending)."""
    spot = find_spot(job, MANAGERS)
    sending = ReminderSending.objects.filter(pk=job.params["sending"]).first()
    if sending is None:
        raise JobRefused(_("这次提醒的记录已经不在了，请重新发送。"))
    try:
        told = carry_out(sending=sending, now=timezone.now(), report=report)
    except ReminderRefused as refusal:
        raise JobRefused(str(refusal)) from refusal
    lines = [
        [_("收到提醒"), str(told.sent)],
        [_("七天内已提醒过，没有再发"), str(told.within_week)],
        [_("自己停止了提醒"), str(told.stopped)],
        [_("账号停用"), str(told.inactive)],
    ]
    return {"lines": lines, "links": [_back(spot.plan, spot.federation, figure="unfinished")]}


def export_people(job: Job, report: Report) -> dict[str, Any]:
    """params: also "figure" (a Figure; everybody due where it is missing)."""
    spot = find_spot(job, LOOKERS)
    figure = Figure(job.params.get("figure") or Figure.DUE)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "people.xlsx"
        count = write_people(path=path, spot=spot, figure=figure, now=timezone.now(), report=report)
        name = _("完成情况-%(place)s-%(day)s.xlsx") % {
            "place": spot.federation.name,
            "day": localdate().isoformat(),
        }
        keep_output(job=job, path=path, name=name)
    back = _back(spot.plan, spot.federation, figure=figure.value, view=spot.view)
    return {"lines": [[_("人数"), str(count)]], "links": [back]}


def _back(plan: Plan, federation: Federation, **query: str) -> list[str]:
    query = {"plan": plan.pk, "federation": federation.pk} | query
    return [_("回到名单"), f"{reverse('desk_people')}?{urlencode(query)}"]
