"""The mini-program: who she is, and the phone that WeChat has of her."""

from dataclasses import dataclass
from datetime import datetime

from members.phones import normalise_phone
from members.wechat.apps import WechatApp
from members.wechat.asking import ask, text_of
from members.wechat.errors import NotSetUp
from members.wechat.tokens import with_token

MAINLAND = "86"


@dataclass(frozen=True)
class MiniUser:
    openid: str
    unionid: str = ""


class ForeignPhone(Exception):
    """The phone is of another country: nobody on the roster has one."""


def user_of(app: WechatApp, code: str) -> MiniUser:
    """The code of wx.login, once. Raises WechatError.

    The session_key that comes with it opens what WeChat encrypts for this user: nobody here needs
    it, so it goes no further.
    """
    params = {
        "appid": app.app_id,
        "secret": app.secret,
        "js_code": code,
        "grant_type": "authorization_code",
    }
    answer = ask("/sns/jscode2session", params=params)
    [openid] = text_of(answer, "openid")
    return MiniUser(openid, answer.get("unionid") or "")


def phone_of(app: WechatApp, *, code: str, openid: str, now: datetime) -> str:
    """The phone that she let the mini-program have; the code is that of the button, once.

    Raises WechatError; ForeignPhone.
    """
    body = {"code": code, "openid": openid}
    answer = with_token(
        app,
        lambda token: ask(
            "/wxa/business/getuserphonenumber", params={"access_token": token}, body=body
        ),
        now=now,
    )
    info = answer.get("phone_info") or {}
    # Whose seal it bears: a phone that was given to another mini-program is none of ours.
    if (info.get("watermark") or {}).get("appid") != app.app_id:
        raise NotSetUp
    if str(info.get("countryCode")) != MAINLAND:
        raise ForeignPhone
    [phone] = text_of(info, "purePhoneNumber")
    return normalise_phone(phone)
