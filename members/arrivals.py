"""Who is at the door and not yet known: from WeChat, with a phone that she has shown to be hers.

Kept in her session, encrypted, for a quarter of an hour; signing in or claiming uses it up.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from members.domain.wechat import WechatUser
from members.encryption import Unreadable, seal, unseal

SESSION_KEY = "arrival"
LASTS = timedelta(minutes=15)


@dataclass(frozen=True)
class Arrival:
    """`nickname` is what she calls herself in WeChat, so that she sees which one is bound."""

    user: WechatUser | None = None
    nickname: str = ""
    phone: str = ""
    phone_at: datetime | None = None

    def __bool__(self):
        return self.user is not None or bool(self.phone)


def arrival_of(request, *, now: datetime) -> Arrival:
    """An empty one where nobody is waiting, or has waited too long."""
    text = request.session.get(SESSION_KEY)
    try:
        kept = json.loads(unseal(text)) if text else None
    except Unreadable:  # under a key that is gone
        kept = None
    if not kept or kept["at"] < (now - LASTS).timestamp():
        return Arrival()
    user, phone_at = kept["user"], kept["phone_at"]
    return Arrival(
        user=WechatUser(*user) if user else None,
        nickname=kept["nickname"],
        phone=kept["phone"],
        phone_at=datetime.fromisoformat(phone_at) if phone_at else None,
    )


def keep_arrival(request, arrival: Arrival, *, now: datetime) -> None:
    user = arrival.user
    kept = {
        "at": now.timestamp(),
        "user": [user.app_id, user.openid, user.unionid] if user else None,
        "nickname": arrival.nickname,
        "phone": arrival.phone,
        "phone_at": arrival.phone_at.isoformat() if arrival.phone_at else None,
    }
    request.session[SESSION_KEY] = seal(json.dumps(kept, ensure_ascii=False))


def forget_arrival(request) -> None:
    request.session.pop(SESSION_KEY, None)
