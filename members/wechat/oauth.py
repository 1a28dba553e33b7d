"""Web authorisation: WeChat sends her back with a code, and the code says who she is.

First silently (snsapi_base, the openid alone). The other scope asks her, and brings the unionid
that the mini-program knows her by, and the nickname that she recognises her WeChat by.
"""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings

from members.wechat.apps import WechatApp
from members.wechat.asking import ask, text_of

SILENT, ASKING = "snsapi_base", "snsapi_userinfo"


@dataclass(frozen=True)
class Grant:
    """Used at once and forgotten: there is nothing to renew.

    `is_snapshot`: a stand-in account that WeChat makes up for whoever only looks at a page."""

    openid: str
    access_token: str = field(repr=False)
    unionid: str = ""
    is_snapshot: bool = False


def authorize_url(app: WechatApp, *, redirect_uri: str, state: str, scope: str) -> str:
    """Where she is sent; `state` is of letters and digits, 128 at most."""
    # WeChat takes the parameters in this order alone.
    query = {
        "appid": app.app_id,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": scope,
        "state": state,
    }
    return f"{settings.WECHAT_AUTHORIZE_URL}?{urlencode(query)}#wechat_redirect"


def exchange_code(app: WechatApp, code: str) -> Grant:
    """A code works once, and for five minutes. Raises WechatError."""
    params = {
        "appid": app.app_id,
        "secret": app.secret,
        "code": code,
        "grant_type": "authorization_code",
    }
    return _grant(ask("/sns/oauth2/access_token", params=params))


def nickname_of(grant: Grant) -> str:
    """What she calls herself in WeChat. Raises WechatError: of a silent grant nothing is told."""
    params = {"access_token": grant.access_token, "openid": grant.openid, "lang": "zh_CN"}
    return str(ask("/sns/userinfo", params=params).get("nickname", ""))


def _grant(answer: dict) -> Grant:
    openid, access_token = text_of(answer, "openid", "access_token")
    return Grant(
        openid=openid,
        access_token=access_token,
        unionid=answer.get("unionid") or "",
        is_snapshot=answer.get("is_snapshotuser") == 1,
    )
