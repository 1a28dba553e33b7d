"""The `state` of an authorisation: random, of this session, once, for ten minutes."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from members.domain.limits import fingerprint

SESSION_KEY = "wechat_states"
LASTS = timedelta(minutes=10)
# Two tabs, and one that was left open.
MOST = 3


@dataclass(frozen=True)
class Leaving:
    """With what she was sent to WeChat: the scope, where she wants to go, and when that was."""

    scope: str
    next: str
    at: float


def new_state(request, *, scope: str, next_url: str, now: datetime) -> str:
    state = secrets.token_hex(16)
    kept = request.session.get(SESSION_KEY, {})
    newest = dict(list(kept.items())[-(MOST - 1) :])
    leaving = Leaving(scope, next_url, now.timestamp())
    request.session[SESSION_KEY] = newest | {state: asdict(leaving)}
    return state


def take_state(request, state: str, *, now: datetime) -> Leaving | None:
    """None for one that is not this session's, was used, or is too old."""
    kept = dict(request.session.get(SESSION_KEY, {}))
    found = kept.pop(state, None)
    if found is None:
        return None
    request.session[SESSION_KEY] = kept
    leaving = Leaving(**found)
    if leaving.at < (now - LASTS).timestamp():
        return None
    # Two requests at once read the same session; only one of them is the first here.
    is_first = cache.add(f"wechat-state:{fingerprint(state)}", 1, LASTS.total_seconds())
    return leaving if is_first else None
