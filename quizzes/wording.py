"""Scores, limits and moments as people say them."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from quizzes.models.parts import ReviewPart, ReviewPhase


def score_text(score_bp: int) -> str:
    """90 分, 86.7 分"""
    return _("%s 分") % score_number(score_bp)


def score_number(score_bp: int) -> str:
    """90, 86.7"""
    return f"{(score_bp + 5) // 10 / 10:.1f}".removesuffix(".0")


def points_text(points) -> str:
    """1, 0.5, 1.67: an exact fraction of points, cut to what people read."""
    return f"{float(points):.2f}".rstrip("0").rstrip(".")


def limit_text(rules) -> str:
    """`rules` has the limits: a quiz, or what holds for one member, extra minutes and all."""
    minutes = rules.time_limit + getattr(rules, "extra_minutes", 0)
    return _("限时 %d 分钟") % minutes if rules.time_limit else _("不限时")


def attempts_text(rules, used: int) -> str:
    if not rules.attempts_allowed:
        return _("不限次数")
    left = max(0, rules.attempts_allowed - used)
    return _("共 %(all)d 次，还剩 %(left)d 次") % {"all": rules.attempts_allowed, "left": left}


def wait_text(minutes: int) -> str:
    if minutes % (24 * 60) == 0:
        return _("交卷后隔 %d 天才能再答") % (minutes // (24 * 60))
    if minutes % 60 == 0:
        return _("交卷后隔 %d 小时才能再答") % (minutes // 60)
    return _("交卷后隔 %d 分钟才能再答") % minutes


def window_text(rules) -> str:
    if rules.closes_at:
        return _("%s 截止") % moment_text(rules.closes_at)
    return ""


def opening_text(rules) -> str:
    """The whole window, as far as it has ends."""
    if rules.opens_at and rules.closes_at:
        ends = {"from": moment_text(rules.opens_at), "to": moment_text(rules.closes_at)}
        return _("%(from)s 至 %(to)s") % ends
    if rules.opens_at:
        return _("%s 起") % moment_text(rules.opens_at)
    return window_text(rules)


def moment_text(moment: datetime) -> str:
    """3月8日 09:00; with the year where it is not this one."""
    is_this_year = localtime(moment).year == localtime().year
    return date_format(localtime(moment), "n月j日 H:i" if is_this_year else "Y年n月j日 H:i")


def clock_text(moment: datetime) -> str:
    return date_format(localtime(moment), "H:i")


def spent_text(started: datetime, ended: datetime) -> str:
    minutes, seconds = divmod(int((ended - started).total_seconds()), 60)
    if minutes >= 60:
        return _("用时超过 1 小时")
    return _("用时 %(minutes)d 分 %(seconds)d 秒") % {"minutes": minutes, "seconds": seconds}


def parts_text(parts) -> str:
    """得分、对错、正确答案和讲解"""
    labels = [str(part.label) for part in ReviewPart if part in parts]
    return _("和").join(filter(None, ["、".join(labels[:-1]), *labels[-1:]]))


def review_text(quiz) -> str:
    """Before the start: what she will see, and when."""
    if quiz.rules.checks_at_once:
        return _("答完一题点“看答案”，当场看到%s。") % (
            parts_text(quiz.review_parts(ReviewPhase.DURING)) or _("答过没有")
        )
    lines, seen = [], set()
    for phase, words in (
        (ReviewPhase.RIGHT_AFTER, _("交卷后马上看到%s")),
        (ReviewPhase.LATER, _("过两分钟看到%s")),
        (ReviewPhase.AFTER_CLOSE, _("截止后看到%s")),
    ):
        new = set(quiz.review_parts(phase)) - seen
        if new and (phase != ReviewPhase.AFTER_CLOSE or quiz.closes_at):
            lines.append(words % parts_text(new))
            seen |= new
    return "；".join(lines) + "。" if lines else _("这份测验不公布答案和讲解。")
