"""Everything of a member's as tables, to take along. Each app adds its own by a hook."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail import hooks

from members.models import AuditEntry, Consent, Erasure, Member, ReminderState

# Functions of (member) that return Sheets.
HOOK = "my_export_sheets"
Row = Iterable[Any]
SLICE = 500


@dataclass(frozen=True)
class Sheet:
    """`rows` may be a generator; it is read once. Cells are texts, numbers or None."""

    name: str
    titles: tuple[str, ...]
    rows: Iterable[Row]


def sheets_of(member: Member) -> Iterator[Sheet]:
    for collect in hooks.get_hooks(HOOK):
        yield from collect(member)


def stamp(moment: datetime | None) -> str:
    """2026-11-03 20:15, local; empty for what has not happened."""
    return localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


@hooks.register(HOOK, order=-20)
def account_sheets(member: Member) -> list[Sheet]:
    return [
        Sheet(_("账号"), (_("项目"), _("内容")), _account(member)),
        Sheet(
            _("同意记录"),
            (_("文件"), _("版本"), _("方式"), _("同意"), _("撤回")),
            _consents(member),
        ),
        Sheet(_("注销申请"), (_("申请"), _("执行"), _("取消")), _erasures(member)),
        Sheet(_("两步验证"), (_("方式"), _("设置时间"), _("最近使用")), _factors(member)),
        Sheet(
            _("登录和操作记录"),
            (_("时间"), _("操作"), _("网络地址"), _("设备")),
            _deeds(member),
        ),
        Sheet(
            _("别人对我的操作"),
            (_("时间"), _("操作")),
            _deeds_of_others(member),
        ),
    ]


def _account(member: Member) -> Iterator[Row]:
    yield _("姓名"), member.name
    yield _("手机号"), member.phone
    yield _("手机号验证时间"), stamp(member.phone_verified_at)
    yield _("电子邮箱"), member.email
    yield _("字号"), member.get_text_size_display()
    yield _("账号建立时间"), stamp(member.date_joined)
    yield _("最近登录"), stamp(member.last_login)
    reminders = ReminderState.objects.filter(member=member).first()
    yield _("停止学习提醒"), stamp(reminders and reminders.stopped_at)
    yield _("最近一次学习提醒"), stamp(reminders and reminders.last_at)


def _consents(member: Member) -> Iterator[Row]:
    for each in Consent.objects.filter(member=member):
        yield (
            each.get_document_display(),
            each.version,
            each.get_way_display(),
            stamp(each.given_at),
            stamp(each.withdrawn_at),
        )


def _erasures(member: Member) -> Iterator[Row]:
    for each in Erasure.objects.filter(member=member):
        yield stamp(each.asked_at), stamp(each.due_at), stamp(each.cancelled_at)


def _factors(member: Member) -> Iterator[Row]:
    """That there are any; never what they are made of."""
    for each in Authenticator.objects.filter(user=member):
        yield each.get_type_display(), stamp(each.created_at), stamp(each.last_used_at)


def _deeds(member: Member) -> Iterator[Row]:
    for each in AuditEntry.objects.filter(actor_id=member.pk).order_by("pk").iterator(SLICE):
        yield stamp(each.at), each.action_text, each.address, each.device


def _deeds_of_others(member: Member) -> Iterator[Row]:
    """What was done to her account and data; by whom is not hers to take along."""
    rows = AuditEntry.objects.filter(
        subject_kind=Member._meta.label_lower, subject_id=str(member.pk)
    )
    for each in rows.exclude(actor_id=member.pk).order_by("pk").iterator(SLICE):
        yield stamp(each.at), each.action_text
