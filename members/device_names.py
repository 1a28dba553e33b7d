"""A browser's own long name → 微信 · 安卓手机; an address → 113.77.*.*."""

from ipaddress import ip_address

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# The first that is found; those that borrow another's name come before it.
BROWSERS = [
    ("miniProgram", gettext_noop("微信小程序")),
    ("wxwork", gettext_noop("企业微信")),
    ("MicroMessenger", gettext_noop("微信")),
    ("DingTalk", gettext_noop("钉钉")),
    ("MQQBrowser", gettext_noop("QQ 浏览器")),
    ("QQBrowser", gettext_noop("QQ 浏览器")),
    ("HuaweiBrowser", gettext_noop("华为浏览器")),
    ("MiuiBrowser", gettext_noop("小米浏览器")),
    ("VivoBrowser", gettext_noop("vivo 浏览器")),
    ("HeyTapBrowser", gettext_noop("OPPO 浏览器")),
    ("UCBrowser", gettext_noop("UC 浏览器")),
    ("Edg", gettext_noop("Edge 浏览器")),
    ("Firefox", gettext_noop("火狐浏览器")),
    ("Chrome", gettext_noop("Chrome 浏览器")),
    ("Safari", gettext_noop("Safari 浏览器")),
]
MACHINES = [
    ("iPad", gettext_noop("苹果平板")),
    ("iPhone", gettext_noop("苹果手机")),
    ("OpenHarmony", gettext_noop("鸿蒙手机")),
    ("HarmonyOS", gettext_noop("鸿蒙手机")),
    ("Android", gettext_noop("安卓手机")),
    ("Windows", gettext_noop("Windows 电脑")),
    ("Macintosh", gettext_noop("苹果电脑")),
    ("Linux", gettext_noop("Linux 电脑")),
]
OTHER_BROWSER, OTHER_MACHINE = gettext_noop("浏览器"), gettext_noop("其他设备")


def name_device(user_agent: str) -> str:
    """What she knows it by, however it names itself."""
    browser = _first(BROWSERS, user_agent, OTHER_BROWSER)
    return f"{_(browser)} · {_(_first(MACHINES, user_agent, OTHER_MACHINE))}"


def _first(names: list[tuple[str, str]], user_agent: str, other: str) -> str:
    return next((name for mark, name in names if mark in user_agent), other)


def veil(address: str) -> str:
    """Enough to tell home from elsewhere, too little to find anybody; "" for no address."""
    if not address:
        return ""
    parsed = ip_address(address)
    if parsed.version == 4:
        return ".".join([*address.split(".")[:2], "*", "*"])
    return ":".join([*parsed.exploded.split(":")[:2], "*"])
