"""What federations keep of a member: for herself, for how long, and how it is erased."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from federations.domain.erasing import (
    erase_roster,
    find_obstacle,
    forget_in_jobs,
    remove_unused_names,
)
from federations.domain.long_gone import ask_for_long_gone
from federations.models import Appointment, AppointmentEvent, CorrectionRequest, Job, StaffRole
from members.domain.erasure import FILES_HOOK, OBSTACLES_HOOK
from members.domain.erasure import HOOK as ERASE_HOOK
from members.models import Member
from members.own_data import HOOK as FACTS_HOOK
from members.own_data import Fact
from members.own_sheets import HOOK as SHEETS_HOOK
from members.own_sheets import Row, Sheet, stamp
from members.retention import HOOK as RULES_HOOK
from members.retention import Rule

hooks.register(ERASE_HOOK, erase_roster)
hooks.register(OBSTACLES_HOOK, find_obstacle)
hooks.register(FILES_HOOK, forget_in_jobs)


@hooks.register(FACTS_HOOK, order=10)
def roster_facts(member: Member) -> list[Fact]:
    appointments = Appointment.objects.filter(member=member).count()
    requests = CorrectionRequest.objects.filter(member=member).count()
    return [
        Fact(_("任职（含以前的）"), _("%d 条") % appointments, reverse("me")),
        Fact(_("更正申请"), _("%d 条") % requests, reverse("corrections")),
    ]


@hooks.register(RULES_HOOK, order=10)
def rules() -> list[Rule]:
    return [
        Rule(
            "long_gone",
            gettext_lazy("离任以后不再登录的账号"),
            gettext_lazy("离任并且没有登录满 5 年的，按注销办理，先等 7 天"),
            gettext_lazy("一届任期 5 年，过了一届还没有回来，就不再需要"),
            ask_for_long_gone,
        ),
        Rule(
            "job_files",
            gettext_lazy("导入导出的文件（名册、报表、您自己下载的）"),
            gettext_lazy("30 天；本人注销时，写有她姓名的马上删除"),
            gettext_lazy("办完事就不再需要"),
        ),
        Rule(
            "unused_names",
            gettext_lazy("查找姓名用的拼音"),
            gettext_lazy("没有人再叫这个名字的，当晚删除"),
            gettext_lazy("按姓名查找要用"),
            remove_unused_names,
        ),
    ]


@hooks.register(SHEETS_HOOK, order=-10)
def roster_sheets(member: Member) -> list[Sheet]:
    return [
        Sheet(
            _("任职"),
            (_("妇联"), _("职务"), _("届次"), _("来源"), _("任期起"), _("任期止"), _("计入单位")),
            _appointments(member),
        ),
        Sheet(_("任职变动"), (_("时间"), _("妇联"), _("事项"), _("原因")), _events(member)),
        Sheet(_("工作人员角色"), (_("妇联"), _("角色"), _("起"), _("止")), _roles(member)),
        Sheet(
            _("更正申请"),
            (_("哪里不对"), _("应该是什么"), _("申请"), _("情况"), _("答复")),
            _requests(member),
        ),
        Sheet(_("导入导出任务"), (_("任务"), _("提交"), _("情况")), _jobs(member)),
    ]


def _appointments(member: Member) -> Iterator[Row]:
    held = Appointment.objects.filter(member=member).select_related("federation")
    for row in held.order_by("starts_on", "pk"):
        yield (
            row.federation.title,
            row.get_position_display(),
            row.term,
            row.get_source_display(),
            row.starts_on.isoformat(),
            row.ends_on.isoformat() if row.ends_on else "",
            _("是") if row.is_counted else "",
        )


def _events(member: Member) -> Iterator[Row]:
    events = AppointmentEvent.objects.filter(member=member).select_related("federation")
    for row in events.order_by("at", "pk"):
        yield stamp(row.at), row.federation.title, row.get_kind_display(), row.reason


def _roles(member: Member) -> Iterator[Row]:
    for row in StaffRole.objects.filter(member=member).select_related("federation"):
        until = row.ends_on.isoformat() if row.ends_on else ""
        yield row.federation.title, row.get_role_display(), row.starts_on.isoformat(), until


def _requests(member: Member) -> Iterator[Row]:
    for row in CorrectionRequest.objects.filter(member=member):
        yield (
            row.get_thing_display(),
            row.text,
            stamp(row.asked_at),
            row.get_state_display(),
            row.reply,
        )


def _jobs(member: Member) -> Iterator[Row]:
    for row in Job.objects.filter(owner=member):
        yield row.title, stamp(row.created_at), row.get_state_display()
