"""What a member is told when signing in does not go through, and what she can do."""

import math

from django.utils.translation import gettext as _

from members.domain.challenges import CodeWrong
from members.domain.limits import LimitReached

MINUTE, HOUR = 60, 60 * 60


def say_limit(reached: LimitReached) -> str:
    said = {
        "password": _("密码输错次数太多。请 %(wait)s后再试，或改用短信验证码登录。"),
        "password-account": _(
            "这个账号有人反复试错密码，暂时不能用密码登录。请用短信验证码登录，或 %(wait)s后再试。"
        ),
        "password-address": _(
            "您所在的网络里输错密码的账号太多，暂时不能用密码登录。"
            "请用短信验证码登录，或 %(wait)s后再试。"
        ),
        "second-factor": _("验证输错次数太多。请 %(wait)s后再试。"),
        "code-resend": _("验证码刚刚发过。请 %(wait)s后再获取。"),
        "code-daily": _(
            "24 小时内最多获取 10 次验证码，已经用完。请 %(wait)s后再试，或用密码登录。"
        ),
        "phone-changes": _("24 小时内最多试 5 次换手机号，已经用完。请 %(wait)s后再试。"),
        "code-asks": _("从您所在的网络获取验证码太频繁。请 %(wait)s后再试，或用密码登录。"),
        "code-wrong": _("从您所在的网络输错验证码的次数太多。请 %(wait)s后再试，或用密码登录。"),
    }
    return said[reached.limit.name] % {"wait": say_wait(reached.wait)}


def say_wait(seconds: int) -> str:
    if seconds < MINUTE:
        return _("%(n)s 秒") % {"n": max(seconds, 1)}
    if seconds < HOUR:
        return _("%(n)s 分钟") % {"n": math.ceil(seconds / MINUTE)}
    return _("%(n)s 小时") % {"n": math.ceil(seconds / HOUR)}


def say_code_wrong(wrong: CodeWrong) -> str:
    if not wrong.left:
        return say_code_gone()
    return _("验证码不对，请看清短信再填；还可以试 %(left)s 次。") % {"left": wrong.left}


def say_code_gone() -> str:
    return _("验证码已失效（超过 5 分钟、已经用过或输错满 5 次）。请重新获取。")
