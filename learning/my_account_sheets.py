"""What is kept of her account, for the workbook of everything of hers."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail import hooks

from federations.models import RosterClaim
from federations.workbooks.writing import Row
from learning.exporting import Sheet, stamp
from members.models import Member, WechatIdentity


@hooks.register("my_export_sheets")
def account_sheets(member: Member) -> list[Sheet]:
    return [
        Sheet(
            _("微信绑定"), (_("公众号或小程序"), "openid", "unionid", _("绑定时间")), _bound(member)
        ),
        Sheet(
            _("认领"),
            (_("姓名"), _("妇联"), _("职务"), _("说明"), _("手机号"), _("提交时间"), _("结果")),
            _claims(member),
        ),
    ]


def _bound(member: Member) -> Iterator[Row]:
    for each in WechatIdentity.objects.filter(member=member).order_by("bound_at", "pk"):
        yield each.app_id, each.openid, each.unionid, stamp(each.bound_at)


def _claims(member: Member) -> Iterator[Row]:
    rows = RosterClaim.objects.filter(member=member).select_related("federation")
    for each in rows.order_by("made_at", "pk"):
        said = (each.name, each.federation.name, each.get_position_display(), each.note)
        yield *said, each.phone or "", stamp(each.made_at), each.get_state_display()
