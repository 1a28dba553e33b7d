"""When an attempt ends, and which limit it is that ends it."""

from datetime import datetime, time, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from quizzes.domain.attempts.rules import EffectiveRules
from quizzes.models import Attempt, QuizPage
from quizzes.wording import moment_text


def deadline_for(*, quiz: QuizPage, rules: EffectiveRules, now: datetime) -> datetime | None:
    """The earliest of time limit, closing and, in a daily quiz, the end of the local day."""
    ends = [rules.closes_at] if rules.closes_at else []
    if rules.time_limit:
        ends.append(now + _time_allowed(rules))
    if quiz.rules.is_daily:
        ends.append(end_of_day(now))
    return min(ends, default=None)


def accepts_until(quiz: QuizPage, deadline: datetime | None) -> datetime | None:
    """Answers that are on their way at the deadline are still taken for some seconds."""
    return deadline + timedelta(seconds=quiz.grace) if deadline else None


def end_of_day(now: datetime) -> datetime:
    """The coming local midnight."""
    tomorrow = localtime(now).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=localtime(now).tzinfo)


def deadline_reason(*, attempt: Attempt) -> str:
    """Which limit ends the attempt, in Chinese; empty when none does. Needs attempt.quiz."""
    if attempt.deadline is None:
        return ""
    limit = attempt.quiz.time_limit if attempt.quiz.rules.keeps_limits else 0
    minutes, rest = divmod(attempt.deadline - attempt.started_at, timedelta(minutes=1))
    if limit and minutes >= limit:
        # Reopened attempts end at a moment of their own, not so many minutes after the start.
        until = _("做到 %s 为止") % moment_text(attempt.deadline)
        return until if rest else _("限时 %d 分钟") % minutes
    if attempt.day and attempt.deadline == end_of_day(attempt.started_at):
        return _("今天的题做到今晚 24 点")
    return _("测验 %s 截止") % moment_text(attempt.deadline)


def limit_warning(*, quiz: QuizPage, rules: EffectiveRules, now: datetime) -> str:
    """What to say before a start when the closing would cut the time short; else empty."""
    if not rules.time_limit or not rules.closes_at:
        return ""
    left = rules.closes_at - now
    if left >= _time_allowed(rules) or left <= timedelta(0):
        return ""
    return _("限时 %(limit)d 分钟，但测验 %(closing)s 就截止，现在开始只有 %(left)d 分钟。") % {
        "limit": rules.time_limit + rules.extra_minutes,
        "closing": moment_text(rules.closes_at),
        "left": left // timedelta(minutes=1),
    }


def _time_allowed(rules: EffectiveRules) -> timedelta:
    return timedelta(minutes=rules.time_limit + rules.extra_minutes)
