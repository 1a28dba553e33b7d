"""The site's two doors in WeChat: the official account (服务号) and the mini-program."""

from dataclasses import dataclass, field

from django.conf import settings


@dataclass(frozen=True)
class WechatApp:
    app_id: str
    secret: str = field(repr=False)


def official_account() -> WechatApp | None:
    """None where it is not set up."""
    return _app(settings.WECHAT_APP_ID, settings.WECHAT_APP_SECRET)


def mini_program() -> WechatApp | None:
    return _app(settings.WECHAT_MINI_APP_ID, settings.WECHAT_MINI_APP_SECRET)


def _app(app_id: str, secret: str) -> WechatApp | None:
    return WechatApp(app_id, secret) if app_id and secret else None
