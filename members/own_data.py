"""What is kept of a member, in a few lines for herself. Each app adds its own by a hook."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail import hooks

from members.models import Action, AuditEntry, Member

# Functions of (member) that return Facts.
HOOK = "my_data_facts"


@dataclass(frozen=True)
class Fact:
    """`url` is where she sees it in full, if there is such a page."""

    label: Any
    text: str
    url: str = ""


def facts_of(member: Member) -> list[Fact]:
    return [fact for find in hooks.get_hooks(HOOK) for fact in find(member)]


@hooks.register(HOOK, order=0)
def account_facts(member: Member) -> Iterable[Fact]:
    return [
        Fact(_("姓名"), member.name),
        Fact(_("手机号"), member.masked_phone or _("没有登记")),
        Fact(_("电子邮箱"), member.email or _("没有填")),
        Fact(_("消息"), _("%d 条") % member.notices.count()),
        Fact(_("完整手机号被工作人员查看"), _("%d 次") % count_views(member)),
    ]


def count_views(member: Member) -> int:
    """How often somebody else opened what is masked of hers."""
    views = AuditEntry.objects.filter(
        action=Action.PERSONAL_DATA_VIEWED,
        subject_kind=Member._meta.label_lower,
        subject_id=str(member.pk),
    )
    return views.exclude(actor_id=member.pk).count()
