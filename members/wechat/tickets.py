"""A ticket from the mini-program into its web-view, which does not share its sign-in.

Random, once, for a minute. The cache holds its digest and, encrypted, who comes with it.
"""

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.cache import cache

from members.domain.limits import fingerprint
from members.domain.wechat import WechatUser
from members.encryption import seal, unseal

LASTS = timedelta(seconds=60)


@dataclass(frozen=True)
class Ticket:
    """`phone`: the one that WeChat vouches for, or empty."""

    user: WechatUser
    phone: str = field(default="", repr=False)


def issue_ticket(ticket: Ticket, *, now: datetime) -> str:
    text = secrets.token_urlsafe(32)
    user = ticket.user
    kept = [user.app_id, user.openid, user.unionid, ticket.phone, (now + LASTS).timestamp()]
    cache.set(_key(text), seal(json.dumps(kept)), timeout=LASTS.total_seconds())
    return text


def take_ticket(text: str, *, now: datetime) -> Ticket | None:
    """None for one that was used, is too old, or never was."""
    kept = cache.get(_key(text))
    # Of two requests with it only one finds it still there to be taken away.
    if kept is None or not cache.delete(_key(text)):
        return None
    *user, phone, ends_at = json.loads(unseal(kept))
    return Ticket(WechatUser(*user), phone) if ends_at > now.timestamp() else None


def _key(text: str) -> str:
    return f"wechat-entry:{fingerprint(text)}"
