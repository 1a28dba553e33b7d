"""The signature under which WeChat lets a page set how it is shared."""

import hashlib
import secrets
from datetime import datetime

from members.wechat.apps import WechatApp
from members.wechat.tokens import jsapi_ticket


def sign(*, ticket: str, nonce: str, timestamp: int, url: str) -> str:
    """SHA-1, as WeChat has it; the url without its #fragment, unescaped as the browser has it."""
    text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url}"
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def page_config(app: WechatApp, *, url: str, now: datetime) -> dict:
    """What wx.config takes, but for the list of what the page will call. Raises WechatError."""
    nonce, timestamp = secrets.token_hex(8), int(now.timestamp())
    url = url.partition("#")[0]
    ticket = jsapi_ticket(app, now=now)
    return {
        "appId": app.app_id,
        "timestamp": timestamp,
        "nonceStr": nonce,
        "signature": sign(ticket=ticket, nonce=nonce, timestamp=timestamp, url=url),
    }
