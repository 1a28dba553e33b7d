"""The stand-in for WeChat over a real socket, and a hand that holds the phone."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
import requests
from django.utils import timezone

from config.demo.wechat.platform import Person, Platform
from config.demo.wechat.server import WechatServer

APP, SECRET = "wx-official-0001", "official-secret"
MINI, MINI_SECRET = "wx-mini-0002", "mini-secret"


@dataclass
class Clock:
    """The platform's; it goes when told to."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> float:
        return self.now().timestamp()

    def now(self) -> datetime:
        return timezone.now() + self.ahead

    def pass_by(self, **period) -> None:
        self.ahead += timedelta(**period)


@dataclass
class Wechat:
    server: WechatServer
    platform: Platform
    clock: Clock

    def person(self, key: str = "xiuying", nickname: str = "秀英🌸", **facts) -> Person:
        person = self.platform.add(Person(key, nickname, **facts))
        self.platform.visitor = person
        return person

    def login_code(self, person: Person) -> str:
        """wx.login"""
        return self.platform.give_code(person, MINI, kind="login")

    def phone_code(self, person: Person) -> str:
        """What the phone button gives."""
        return self.platform.give_code(person, MINI, kind="phone")

    def oauth_code(self, person: Person, scope: str = "snsapi_base") -> str:
        return self.platform.give_code(person, APP, kind="oauth", scope=scope)

    def follow(self, client, response) -> str:
        """As her browser does: to WeChat over the socket, and the address that it sends her to."""
        sent = requests.get(response.url, allow_redirects=False, timeout=5)
        return sent.headers["Location"].removeprefix("http://testserver")

    def sign_in(self, client, next_url: str = ""):
        """Both rounds where there are two; the last answer of the site."""
        response = client.get("/wechat/sign-in/", {"next": next_url} if next_url else {})
        while "oauth2/authorize" in response.url:
            response = client.get(self.follow(client, response))
        return response


def configure(settings, server: WechatServer) -> None:
    settings.WECHAT_APP_ID, settings.WECHAT_APP_SECRET = APP, SECRET
    settings.WECHAT_MINI_APP_ID, settings.WECHAT_MINI_APP_SECRET = MINI, MINI_SECRET
    settings.WECHAT_API_URL = server.url
    settings.WECHAT_AUTHORIZE_URL = f"{server.url}/connect/oauth2/authorize"


@pytest.fixture
def wechat(settings):
    clock = Clock()
    platform = Platform(apps={APP: SECRET, MINI: MINI_SECRET}, clock=clock)
    server = WechatServer(platform).start()
    configure(settings, server)
    yield Wechat(server, platform, clock)
    server.shutdown()
    server.server_close()
