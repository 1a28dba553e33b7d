"""Whether WeChat is offered to this visitor."""

from django.conf import settings
from django.http import HttpRequest

from members.wechat.apps import official_account

BROWSER = "MicroMessenger"


def is_in_wechat(request: HttpRequest) -> bool:
    return BROWSER in request.headers.get("User-Agent", "")


def offers_wechat(request: HttpRequest) -> bool:
    """Its authorisation works in its own browser alone; anywhere else it shows an error.

    (Signing in on a PC by QR code is another product with keys of its own.)
    """
    return official_account() is not None and (settings.WECHAT_DEMO or is_in_wechat(request))
