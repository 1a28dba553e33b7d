"""What the site itself shows WeChat: a token, and the ticket that pages are signed with.

Both are kept in the cache that all processes share, encrypted, and renewed by one of them at a
time before they end: WeChat gives a new one five minutes early, and takes the old one until then.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from members.encryption import Unreadable, seal, unseal
from members.wechat.apps import WechatApp
from members.wechat.asking import ask, text_of
from members.wechat.errors import TokenRefused, Unavailable

EARLY = timedelta(minutes=4)
# Seconds: longer than a question may take; WeChat forces a new token no more often than that.
RENEWAL, FORCED = 20, 30
# Seconds between looks, and looks, at what another process is fetching.
LOOK, LOOKS = 0.1, 60


@dataclass(frozen=True)
class Kept:
    value: str
    ends_at: float

    def is_good(self, at: datetime) -> bool:
        return self.ends_at > at.timestamp()


def with_token(app: WechatApp, call: Callable[[str], dict], *, now: datetime) -> dict:
    """What `call` answers; a token that WeChat does not take any more is renewed once."""
    token = access_token(app, now=now)
    try:
        return call(token)
    except TokenRefused:
        return call(_renewed(app, token, now))


def access_token(app: WechatApp, *, now: datetime) -> str:
    """Raises WechatError."""
    return _get(_token_key(app), lambda: _fetch_token(app), now)


def jsapi_ticket(app: WechatApp, *, now: datetime) -> str:
    """Raises WechatError."""
    return _get(f"wechat-ticket:{app.app_id}", lambda: _fetch_ticket(app, now), now)


def _get(key: str, fetch: Callable[[], tuple[str, int]], now: datetime) -> str:
    kept = _read(key)
    if kept and kept.is_good(now + EARLY):
        return kept.value
    if cache.add(f"{key}:renewal", 1, timeout=RENEWAL):
        try:
            # Whoever held the turn before may just have put a new one there.
            kept = _read(key)
            is_new = kept and kept.is_good(now + EARLY)
            return kept.value if is_new else _keep(key, *fetch(), now)
        finally:
            cache.delete(f"{key}:renewal")
    # Another process is at it; until it is done the old one will do.
    return kept.value if kept and kept.is_good(now) else _wait_for(key, now)


def _wait_for(key: str, now: datetime) -> str:
    for _ in range(LOOKS):
        time.sleep(LOOK)
        kept = _read(key)
        if kept and kept.is_good(now):
            return kept.value
    raise Unavailable


def _renewed(app: WechatApp, refused: str, now: datetime) -> str:
    """Another token than the refused one: somebody else's new one, else a forced one."""
    key = _token_key(app)
    kept = _read(key)
    if kept and kept.value != refused:
        return kept.value
    value, seconds = _fetch_token(app)
    if value == refused:
        if not cache.add(f"{key}:forced", 1, timeout=FORCED):
            raise Unavailable
        value, seconds = _fetch_token(app, is_forced=True)
    return _keep(key, value, seconds, now)


def _fetch_token(app: WechatApp, *, is_forced: bool = False) -> tuple[str, int]:
    body = {
        "grant_type": "client_credential",
        "appid": app.app_id,
        "secret": app.secret,
        "force_refresh": is_forced,
    }
    answer = ask("/cgi-bin/stable_token", body=body)
    return text_of(answer, "access_token")[0], int(answer.get("expires_in", 0))


def _fetch_ticket(app: WechatApp, now: datetime) -> tuple[str, int]:
    answer = with_token(
        app,
        lambda token: ask(
            "/cgi-bin/ticket/getticket", params={"access_token": token, "type": "jsapi"}
        ),
        now=now,
    )
    return text_of(answer, "ticket")[0], int(answer.get("expires_in", 0))


def _token_key(app: WechatApp) -> str:
    return f"wechat-token:{app.app_id}"


def _read(key: str) -> Kept | None:
    text = cache.get(key)
    try:
        return Kept(*json.loads(unseal(text))) if text else None
    except Unreadable:  # under a key that is gone
        return None


def _keep(key: str, value: str, seconds: int, now: datetime) -> str:
    kept = [value, now.timestamp() + seconds]
    cache.set(key, seal(json.dumps(kept)), timeout=seconds)
    return value
