"""The rows of 账号与安全: each says how it stands and leads to where it is changed."""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.domain.devices import devices_of
from members.second_factor import FACTORS, is_asked
from members.wechat.offering import offers_wechat


@dataclass(frozen=True)
class Row:
    """Without `url` it only tells."""

    title: str
    text: str
    url: str = ""


def phone(request) -> Row:
    masked = request.user.masked_phone
    text = _("%(phone)s，换了号码点这里改") % {"phone": masked} if masked else _("没有登记")
    return Row(_("手机号"), text, reverse("members:phone"))


def password(request) -> Row:
    if request.user.has_usable_password():
        return Row(_("密码"), _("已设置，点这里修改"), reverse("account_change_password"))
    return Row(
        _("密码"), _("没有设置；设了密码，没有短信也能登录"), reverse("account_set_password")
    )


def second_factor(request) -> Row | None:
    """Of staff, and of who has one from when she was."""
    has_one = Authenticator.objects.filter(user=request.user, type__in=FACTORS).exists()
    if not has_one and not is_asked(request.user):
        return None
    text = _("已开启") if has_one else _("没有设置。工作人员要设置后才能进后台")
    return Row(_("两步验证"), text, reverse("mfa_index"))


def devices(request) -> Row:
    count = devices_of(request.user, now=timezone.now()).count()
    return Row(_("登录的设备"), _("%(count)s 台") % {"count": count}, reverse("members:devices"))


def wechat(request) -> Row | None:
    """Where WeChat is offered, or was when she bound hers."""
    count = request.user.wechat_identities.count()
    if not count and not offers_wechat(request):
        return None
    text = _("已绑定") if count else _("没有绑定；绑定后在微信里一点就登录")
    return Row(_("微信"), text, reverse("members:wechat"))


def privacy(_request) -> Row:
    return Row(_("我的个人信息"), _("查看、更正、下载、注销"), reverse("members:privacy"))


# In the order of the page; None where there is nothing to say to her. A new one is a line here.
ROWS: list[Callable[..., Row | None]] = [phone, password, wechat, second_factor, devices, privacy]


def rows_for(request) -> list[Row]:
    return [row for row in (make(request) for make in ROWS) if row is not None]
