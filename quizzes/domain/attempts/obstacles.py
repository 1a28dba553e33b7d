"""Where a member stands with a quiz, and what keeps her from starting it."""

import hmac
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
    Window,
)
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from learning.models import Progress
from members.models import Member
from members.prepared import Prepared
from quizzes.domain.attempts.rules import EffectiveRules, merge_rules, overrides_of
from quizzes.models import Attempt, AttemptState, QuizOverride, QuizPage, QuizPrerequisite
from quizzes.wording import moment_text

# How many of her last attempts a draw looks at.
REMEMBERED = 3


@dataclass(frozen=True)
class Footing:
    """`used` leaves voided attempts out; `layouts` are those of her last attempts, newest first."""

    rules: EffectiveRules
    running_id: int | None
    used: int
    last_number: int
    last_ended_at: datetime | None
    has_done_today: bool
    unmet: QuizPrerequisite | None
    layouts: list[list[dict]]


def count_attempts(member: Member, quiz: QuizPage) -> int:
    """Attempts that count against the number allowed."""
    own = Attempt.objects.filter(member=member, quiz=quiz)
    return own.exclude(state=AttemptState.VOIDED).count()


def find_obstacle(*, member: Member, quiz: QuizPage, now: datetime) -> str | None:
    """Why she cannot start another attempt now, in Chinese; None when she can.

    The password is not asked for here, see `needs_password`.
    """
    return obstacle_in(read_footing(member=member, quiz=quiz, now=now), quiz, now)


def needs_password(quiz: QuizPage) -> bool:
    return bool(quiz.password) and quiz.rules.keeps_limits


def is_password(quiz: QuizPage, given: str) -> bool:
    """Full and half width and spaces make no difference."""
    return hmac.compare_digest(_fold(quiz.password), _fold(given))


def _fold(text: str) -> bytes:
    return "".join(unicodedata.normalize("NFKC", text).split()).encode("utf-8", "replace")


def obstacle_in(footing: Footing, quiz: QuizPage, now: datetime) -> str | None:
    rules, mode = footing.rules, quiz.rules
    if rules.opens_at and now < rules.opens_at:
        return _("测验还没有开始，开放时间是 %s。") % moment_text(rules.opens_at)
    if rules.closes_at and now >= rules.closes_at:
        return _("测验已经在 %s 截止。") % moment_text(rules.closes_at)
    if footing.unmet:
        return _name_unmet(footing.unmet)
    if mode.is_daily and footing.has_done_today:
        return _("今天的题已经答过了，明天再来吧。")
    if rules.attempts_allowed and footing.used >= rules.attempts_allowed:
        return _("%d 次机会已经用完。") % rules.attempts_allowed
    return _find_wait(footing, quiz, now) if mode.keeps_limits else None


def _name_unmet(unmet: QuizPrerequisite) -> str:
    said = _("请先在《%s》里及格，再来答这份题。") if unmet.must_pass else _("请先学完《%s》。")
    return said % unmet.page.title


def _find_wait(footing: Footing, quiz: QuizPage, now: datetime) -> str | None:
    if not quiz.wait or footing.last_ended_at is None:
        return None
    ends_at = footing.last_ended_at + timedelta(minutes=quiz.wait)
    return (
        _("两次之间要隔一会儿，%s 以后可以再答。") % moment_text(ends_at) if now < ends_at else None
    )


def read_footing(*, member: Member, quiz: QuizPage, now: datetime) -> Footing:
    """One query, and one more where an override or a missing prerequisite must be named."""
    today = localdate(now)
    rows = _FOOTING.rows(member=member.pk, quiz=quiz.pk, today=today)
    override_id, unmet_id, used, last_number, last_ended_at = rows[0][:5]
    attempts = [row[5:] for row in rows if row[5] is not None]
    override = QuizOverride.objects.get(pk=override_id) if override_id else None
    unmet = QuizPrerequisite.objects.select_related("page").get(pk=unmet_id) if unmet_id else None
    return Footing(
        rules=merge_rules(quiz, override),
        running_id=next((pk for pk, state, *_rest in attempts if state == AttemptState.OPEN), None),
        used=used,
        last_number=last_number or 0,
        last_ended_at=last_ended_at,
        has_done_today=any(
            day == today and state == AttemptState.SUBMITTED for _pk, state, day, _l in attempts
        ),
        unmet=unmet,
        layouts=[layout for *_rest, layout in attempts],
    )


def _footing_rows(member: int, quiz: int, today: date) -> QuerySet:
    """A row per remembered attempt, the open one first; one empty row when there is none."""
    counts = ~Q(own__state=AttemptState.VOIDED)
    return (
        QuizPage.objects.filter(pk=quiz)
        .annotate(
            own=FilteredRelation("attempts", condition=Q(attempts__member=member)),
            override=Subquery(
                overrides_of(member, today).filter(quiz=OuterRef("pk")).values("pk")[:1]
            ),
            unmet=Subquery(_unmet(member).values("pk")[:1]),
            used=Window(Count("own__pk", filter=counts)),
            last_number=Window(Max("own__number")),
            last_ended_at=Window(Max("own__submitted_at", filter=counts)),
        )
        .order_by(
            Case(When(own__state=AttemptState.OPEN, then=0), default=1),
            F("own__number").desc(nulls_last=True),
        )
        .values_list(
            "override",
            "unmet",
            "used",
            "last_number",
            "last_ended_at",
            "own__pk",
            "own__state",
            "own__day",
            "own__layout",
        )[:REMEMBERED]
    )


def _unmet(member: int) -> QuerySet[QuizPrerequisite]:
    """Prerequisites of the outer quiz that she has not met, in their order."""
    progress = Progress.objects.filter(member=member, page=OuterRef("page"))
    finished = Exists(progress.filter(completed_at__isnull=False))
    passed = Exists(progress.filter(passed_at__isnull=False))
    missing = Q(~finished, must_pass=False) | Q(~passed, must_pass=True)
    rows = QuizPrerequisite.objects.filter(missing, quiz=OuterRef("pk"), page__live=True)
    return rows.order_by("sort_order", "pk")


_FOOTING = Prepared(_footing_rows, member=int, quiz=int, today=date)
