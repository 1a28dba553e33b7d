"""WeChat's side: its applications and people, and what it has given out.

Codes work once and for five minutes; tokens are renewed five minutes early, and both live on until
the old one ends. One lock: it answers from several threads.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

CODE_LASTS = 5 * 60
TOKEN_LASTS = 2 * 60 * 60
OVERLAP = 5 * 60
# Of a forced renewal: seconds between two, and how many a day.
FORCED_APART, FORCED_A_DAY = 30, 20
DAY = 24 * 60 * 60
SESSIONS_A_MINUTE = 100


class Refusal(Exception):
    def __init__(self, code: int, said: str):
        super().__init__(code, said)
        self.code, self.said = code, said


INVALID_APP = Refusal(40013, "invalid appid")
INVALID_SECRET = Refusal(40125, "invalid appsecret")
INVALID_CODE = Refusal(40029, "invalid code")
USED_CODE = Refusal(40163, "code been used")
INVALID_TOKEN = Refusal(40001, "invalid credential, access_token is invalid or not latest")
EXPIRED_TOKEN = Refusal(42001, "access_token expired")


@dataclass
class Person:
    """`phone` is the one of her WeChat, under the seal of the application that asks unless
    `sealed_for` names another; a snapshot is a stand-in for whoever only looks."""

    key: str
    nickname: str
    phone: str = ""
    country: str = "86"
    sealed_for: str = ""
    is_snapshot: bool = False
    is_blocked: bool = False

    def openid(self, app_id: str) -> str:
        return f"o-{self.key}-{app_id[-4:]}"

    @property
    def unionid(self) -> str:
        return f"u-{self.key}"


@dataclass
class Code:
    kind: str
    app_id: str
    person: Person
    scope: str
    ends_at: float
    is_used: bool = False


@dataclass
class Token:
    value: str
    app_id: str
    ends_at: float


@dataclass
class Renewed:
    """A token or ticket of an application: the newest, when it was forced, and how often."""

    tokens: list[Token] = field(default_factory=list)
    forced_at: list[float] = field(default_factory=list)


@dataclass
class Grant:
    person: Person
    app_id: str
    scope: str
    ends_at: float


class Platform:
    """`apps`: secrets by app id. `clock` gives seconds."""

    def __init__(self, *, apps: dict[str, str], clock: Callable[[], float] = time.time):
        self.apps, self.clock = apps, clock
        self.people: dict[str, Person] = {}
        # Who holds the phone in her hand: for the authorisation page that asks nothing.
        self.visitor: Person | None = None
        self.lock = threading.RLock()
        self._codes: dict[str, Code] = {}
        self._grants: dict[str, Grant] = {}
        self._renewed: dict[tuple[str, str], Renewed] = {}
        self._sessions: dict[str, list[float]] = {}

    def add(self, person: Person) -> Person:
        self.people[person.key] = person
        return person

    # What happens in the hand of a person: no request of ours.

    def give_code(self, person: Person, app_id: str, *, kind: str, scope: str = "") -> str:
        """`kind`: oauth, login (wx.login) or phone (the phone button)."""
        text = secrets.token_hex(16)
        ends_at = self.clock() + CODE_LASTS
        self._codes[text] = Code(kind, app_id, person, scope, ends_at)
        return text

    # What the site asks for.

    def check_app(self, app_id: str, secret: str) -> None:
        if not app_id:
            raise Refusal(41002, "appid missing")
        if app_id not in self.apps:
            raise INVALID_APP
        if not secret:
            raise Refusal(41004, "appsecret missing")
        if secret != self.apps[app_id]:
            raise INVALID_SECRET

    def take_code(self, text: str, *, kind: str, app_id: str) -> Code:
        if not text:
            raise Refusal(41008, "missing code")
        code = self._codes.get(text)
        if code is None or (code.kind, code.app_id) != (kind, app_id):
            raise INVALID_CODE
        if code.is_used:
            raise USED_CODE
        if code.ends_at <= self.clock():
            raise INVALID_CODE
        code.is_used = True
        return code

    def grant(self, person: Person, app_id: str, scope: str) -> dict:
        access = secrets.token_hex(40)
        self._grants[access] = Grant(person, app_id, scope, self.clock() + TOKEN_LASTS)
        answer = {
            "access_token": access,
            "expires_in": TOKEN_LASTS,
            "refresh_token": secrets.token_hex(40),
            "openid": person.openid(app_id),
            "scope": scope,
        }
        if scope == "snsapi_userinfo":
            answer["unionid"] = person.unionid
        if person.is_snapshot:
            answer["is_snapshotuser"] = 1
        return answer

    def granted(self, text: str, openid: str) -> Grant:
        held = self._grants.get(text)
        if held is None or held.person.openid(held.app_id) != openid:
            raise INVALID_TOKEN
        if held.ends_at <= self.clock():
            raise EXPIRED_TOKEN
        return held

    def note_session(self, person: Person) -> None:
        now = self.clock()
        recent = [each for each in self._sessions.get(person.key, []) if each > now - 60]
        if len(recent) >= SESSIONS_A_MINUTE:
            raise Refusal(45011, "api minute-quota reach limit")
        self._sessions[person.key] = [*recent, now]

    def current(self, kind: str, app_id: str, *, is_forced: bool = False) -> Token:
        """The application's token of this kind ("token", "stable" or "ticket")."""
        kept = self._renewed.setdefault((kind, app_id), Renewed())
        now = self.clock()
        if is_forced:
            self._check_forced(kept, now)
        newest = kept.tokens[-1] if kept.tokens else None
        if newest is None or is_forced or newest.ends_at - OVERLAP <= now:
            if newest:
                # The old one is taken for five minutes yet; after a forced renewal it is over.
                limit = now if is_forced else now + OVERLAP
                newest.ends_at = min(newest.ends_at, limit)
            newest = Token(secrets.token_hex(64), app_id, now + TOKEN_LASTS)
            kept.tokens.append(newest)
        return newest

    def _check_forced(self, kept: Renewed, now: float) -> None:
        kept.forced_at = [each for each in kept.forced_at if each > now - DAY]
        if len(kept.forced_at) >= FORCED_A_DAY:
            raise Refusal(45009, "reach max api daily quota limit")
        if kept.forced_at and kept.forced_at[-1] > now - FORCED_APART:
            raise Refusal(45011, "api minute-quota reach limit")
        kept.forced_at.append(now)

    def app_of_token(self, value: str) -> str:
        for (kind, app_id), kept in self._renewed.items():
            for token in kept.tokens:
                if kind != "ticket" and token.value == value:
                    if token.ends_at <= self.clock():
                        raise EXPIRED_TOKEN
                    return app_id
        raise INVALID_TOKEN

    def revoke_tokens(self) -> None:
        """As if somebody else had renewed them by force."""
        for kept in self._renewed.values():
            kept.tokens.clear()
