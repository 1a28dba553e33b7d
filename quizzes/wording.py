"""Scores, limits and moments as people say them."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _


def score_text(score_bp: int) -> str:
    """90 分, 86.7 分"""
    points = f"{(score_bp + 5) // 10 / 10:.1f}".removesuffix(".0")
    return _("%s 分") % points


def limit_text(quiz) -> str:
    return _("限时 %d 分钟") % quiz.time_limit if quiz.time_limit else _("不限时")


def attempts_text(quiz, used: int) -> str:
    if not quiz.attempts_allowed:
        return _("不限次数，取最高一次")
    left = max(0, quiz.attempts_allowed - used)
    return _("共 %(all)d 次，还剩 %(left)d 次") % {"all": quiz.attempts_allowed, "left": left}


def window_text(quiz) -> str:
    if quiz.closes_at:
        return _("%s 截止") % moment_text(quiz.closes_at)
    return ""


def moment_text(moment: datetime) -> str:
    return date_format(localtime(moment), "n 月 j 日 H:i")


def spent_text(started: datetime, ended: datetime) -> str:
    minutes, seconds = divmod(int((ended - started).total_seconds()), 60)
    if minutes >= 60:
        return _("用时超过 1 小时")
    return _("用时 %(minutes)d 分 %(seconds)d 秒") % {"minutes": minutes, "seconds": seconds}
