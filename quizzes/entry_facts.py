"""What a quiz's own page says before the start: rules, what is missing, earlier attempts."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.domain.attempts import (
    close_if_expired,
    limit_warning,
    needs_password,
    review_parts,
    rules_for,
)
from quizzes.domain.attempts.obstacles import Footing, obstacle_in, read_footing
from quizzes.domain.attempts.reviewing import is_over_for_all
from quizzes.models import Attempt, AttemptState, QuizPage, ReviewPart
from quizzes.presenting import streak_of
from quizzes.queries import count_of, requirements_of
from quizzes.wording import (
    attempts_text,
    limit_text,
    moment_text,
    opening_text,
    review_text,
    score_text,
    wait_text,
)

# Attempts that the page lists; who practises every day has hundreds.
HISTORY_LENGTH = 20


def own_attempts(member, quiz: QuizPage, now: datetime) -> list[Attempt]:
    """Hers at the quiz, the last one first; what has run out is handed in on the way."""
    if not member.is_authenticated:
        return []
    # Where a miss ends it, what counts is the row of right answers, and that is in the marks.
    unread = ["layout", "answers"] if quiz.rules.ends_on_miss else ["layout", "answers", "marks"]
    attempts = Attempt.objects.filter(member=member, quiz=quiz).defer(*unread)
    attempts = list(attempts.order_by("-number"))
    for attempt in attempts:
        attempt.quiz = quiz
    return [close_if_expired(attempt=attempt, now=now) for attempt in attempts]


def quiz_facts(quiz: QuizPage, member, now: datetime) -> dict:
    attempts = own_attempts(member, quiz, now)
    footing = read_footing(member=member, quiz=quiz, now=now) if member.is_authenticated else None
    rules = footing.rules if footing else rules_for(member=member, quiz=quiz)
    return {
        "mode_label": quiz.rules.label,
        # Of limits the figures say more.
        "mode_text": "" if quiz.rules.keeps_limits else quiz.rules.help_text,
        "figures": figures(quiz, rules, attempts, count_of(quiz)),
        "tips": tips(quiz, rules),
        "requirements": requirements_of(quiz, member),
        "history": history_rows(quiz, attempts, now),
        "warning": limit_warning(quiz=quiz, rules=rules, now=now),
        **(entry(quiz, footing, attempts, now) if footing else {}),
    }


def figures(quiz: QuizPage, rules, attempts: list[Attempt], question_count: int) -> list[tuple]:
    """(label, text) in the order of the page; the limits only where the mode keeps them."""
    found = [(_("题数"), _("%d 题") % question_count)]
    if quiz.rules.keeps_limits:
        used = sum(each.state != AttemptState.VOIDED for each in attempts)
        found += [(_("用时"), limit_text(rules)), (_("次数"), attempts_text(rules, used))]
        if quiz.wait:
            found.append((_("间隔"), wait_text(quiz.wait)))
    if not quiz.rules.ends_on_miss:
        marks = {"pass": quiz.pass_mark, "excellent": quiz.excellent_mark}
        found.append((_("及格"), _("%(pass)d 分及格，%(excellent)d 分优秀") % marks))
        if not quiz.rules.is_daily:
            found.append((_("成绩取"), quiz.get_kept_score_display()))
    if opening := opening_text(rules):
        found.append((_("开放时间"), opening))
    return found


def tips(quiz: QuizPage, rules) -> list[tuple[str, str]]:
    """(icon, sentence): the rules in plain words."""
    found = [
        ("cloud", _("每答一题自动保存，断网、来电话都不会丢。")),
        ("again", _("中途可以离开，回来接着答。")),
    ]
    if quiz.is_sequential:
        found[1] = ("lock", _("要按顺序答，点了“下一题”就不能回头；离开后回来接着答。"))
    if quiz.rules.keeps_limits and rules.time_limit:
        found.append(("clock", _("开始后时钟不停，离开也在走；到时自动交卷。")))
    if minutes := rules.time_limit and rules.extra_minutes:
        found.append(("clock", _("你有加时 %d 分钟，已经算在用时里。") % minutes))
    return [*found, ("info", review_text(quiz))]


def history_rows(quiz: QuizPage, attempts: list[Attempt], now: datetime) -> list[dict]:
    """The last that are over; asks about the quiz once for all of them."""
    ended = [each for each in attempts if not each.is_open][:HISTORY_LENGTH]
    is_over = bool(ended) and is_over_for_all(quiz, now)
    return [history_row(each, now, is_over=is_over) for each in ended]


def history_row(attempt: Attempt, now: datetime, *, is_over: bool) -> dict:
    row = {
        "number": attempt.number,
        "date": moment_text(attempt.submitted_at) if attempt.submitted_at else "",
        "url": reverse("quizzes:result", args=[attempt.pk]),
        "score_text": "",
        "passed": False,
    }
    if attempt.state == AttemptState.VOIDED:
        return row | {"state_text": _("已作废"), "url": ""}
    if attempt.needs_marking:
        return row | {"state_text": _("待阅卷")}
    if ReviewPart.MARKS not in review_parts(attempt=attempt, now=now, is_over=is_over):
        return row | {"state_text": _("已交卷")}
    if attempt.quiz.rules.ends_on_miss:
        return row | {"score_text": _("连对 %d 题") % streak_of(attempt)}
    return row | {"score_text": score_text(attempt.score_bp), "passed": attempt.has_passed}


def entry(quiz: QuizPage, footing: Footing, attempts: list[Attempt], now: datetime) -> dict:
    """Where the one big button leads."""
    running = next((attempt for attempt in attempts if attempt.is_open), None)
    if running:
        return {"resume_url": reverse("quizzes:resume", args=[running.pk])}
    obstacle = obstacle_in(footing, quiz, now)
    return {
        "blocked_reason": obstacle or "",
        "start_url": "" if obstacle else reverse("quizzes:start", args=[quiz.pk]),
        "asks_password": not obstacle and needs_password(quiz),
    }
