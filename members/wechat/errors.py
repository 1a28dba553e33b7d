"""What WeChat says when it does not do what was asked.

An errcode comes with status 200; its meaning is the class.
"""


class WechatError(Exception):
    """`code` is WeChat's errcode; `rid` names the request to WeChat's support."""

    def __init__(self, code: int = 0, rid: str = ""):
        super().__init__(f"{code} {rid}".strip())
        self.code = code
        self.rid = rid


class CodeRefused(WechatError):
    """The code is wrong, used or too old: she begins anew."""


class TooOften(WechatError):
    """She, or the whole site, asks more often than WeChat allows."""


class Blocked(WechatError):
    """WeChat takes her account for a risk."""


class TokenRefused(WechatError):
    """The token that the site holds is none any more: a new one is fetched."""


class NotSetUp(WechatError):
    """Keys, rights or domains are not as WeChat knows them: operators must look."""


class Unavailable(WechatError):
    """No answer, or none that can be read."""


MEANINGS = {
    -1: Unavailable,
    40001: TokenRefused,
    40014: TokenRefused,
    42001: TokenRefused,
    40029: CodeRefused,
    40163: CodeRefused,
    41008: CodeRefused,
    42003: CodeRefused,
    40226: Blocked,
    45009: TooOften,
    45011: TooOften,
}


def error_of(code: int, rid: str) -> WechatError:
    """What is not known is a matter of how the site is set up: 40013, 40125, 48001, …"""
    return MEANINGS.get(code, NotSetUp)(code, rid)
