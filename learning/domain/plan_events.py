"""The record of a plan: what was done to it, by whom, from what to what."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from federations.models import Level
from learning.models import Plan, PlanEvent, PlanItem
from members.models import Member

# [[label, before, after], …], as people read them.
Changes = list[list[str]]


def note_event(
    *,
    plan: Plan,
    kind: str,
    now: datetime,
    by: Member | None = None,
    changes: Changes | None = None,
    reason: str = "",
) -> PlanEvent:
    """Add to the plan's record; `by` nobody is the clock."""
    return PlanEvent.objects.create(
        plan=plan,
        title=plan.title,
        kind=kind,
        by=by,
        at=now,
        changes=changes or [],
        reason=reason[:200],
    )


def describe(plan: Plan) -> dict[str, str]:
    """Everything that people decide about a plan, as stored, by its label."""
    required, elective = [], []
    for item in PlanItem.objects.filter(plan=plan).select_related("page"):
        (required if item.is_required else elective).append(item.page.title)
    return {
        _("名称"): plan.title,
        _("发布妇联"): str(plan.federation),
        _("范围"): plan.get_reach_display(),
        _("层级"): name_levels(plan),
        _("职务"): "、".join(plan.positions) or _("全部"),
        _("开始时间"): _stamp(plan.opens_at),
        _("截止时间"): _stamp(plan.cutoff_at),
        _("目标完成率"): f"{plan.target_rate}%" if plan.target_rate else _("不设"),
        _("自动提醒"): _name_reminder(plan),
        _("默认任务"): _("是") if plan.is_default else _("否"),
        _("必修内容"): "、".join(required) or "—",
        _("选修内容"): "、".join(elective) or "—",
    }


def name_levels(plan: Plan) -> str:
    return "、".join(str(Level(level).label) for level in plan.levels) or _("全部")


def _name_reminder(plan: Plan) -> str:
    return _("截止前 %d 天") % plan.reminds_before if plan.reminds_before else _("不提醒")


def compare(before: dict[str, str], after: dict[str, str]) -> Changes:
    return [
        [label, before.get(label, ""), text]
        for label, text in after.items()
        if before.get(label, "") != text
    ]


def _stamp(moment: datetime | None) -> str:
    return date_format(localtime(moment), "Y-m-d H:i") if moment else _("长期开放")
