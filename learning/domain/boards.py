"""Boards that nobody sets: one for every quiz that somebody has handed in, and for every period.

The clock opens them, and keeps those of quizzes in step with their pages; opening twice, or at
once, changes nothing. What closes is frozen like any plan.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.models import Page, get_page_models

from federations.models import Federation
from learning.domain.standings.rebuild import lock_plan, schedule_rebuild
from learning.models import Plan, PlanItem, PlanKind, Progress, Span
from learning.rules.periods import SPANS, Period, period_before, period_of, target_of

# A period is there when its first event comes.
AHEAD = timedelta(days=1)
TICK = timedelta(microseconds=1)


def open_boards(*, now: datetime) -> int:
    """Open what is missing until a day from now; returns how many boards are new."""
    root = Federation.objects.filter(depth=1).order_by("path").first()
    if root is None:
        return 0
    days = {localdate(now), localdate(now + AHEAD)}
    periods = {period_of(day, span) for day in days for span in SPANS}
    _follow_pages()
    return _open_periods(periods, root) + _open_quizzes(root)


def _open_periods(periods: Iterable[Period], root: Federation) -> int:
    known = set(Plan.boards.filter(kind=PlanKind.PERIOD).values_list("key", flat=True))
    missing = [each for each in periods if each.key not in known]
    # The earlier first: the next one is compared with it.
    missing.sort(key=lambda each: each.first)
    return sum(_open(_plan_of_period(each, root)) for each in missing)


def _plan_of_period(period: Period, root: Federation) -> Plan:
    return Plan(
        kind=PlanKind.PERIOD,
        key=period.key,
        span=period.span,
        title=name_period(period),
        federation=root,
        opens_at=_midnight(period.first),
        # What happens at midnight belongs to the next one.
        cutoff_at=_midnight(period.last + timedelta(days=1)) - TICK,
        previous=Plan.boards.filter(key=period_before(period).key).first(),
        credit_target=target_of(settings.LEARNING_YEARLY_CREDIT, period.span),
    )


def name_period(period: Period) -> str:
    """What people call it: 2026年11月, 2026年第48周（11月23日—29日）."""
    return str(NAMES[period.span]) % {
        "year": period.year,
        "number": period.number,
        "first": _name_day(period.first),
        "last": _name_last(period),
    }


NAMES = {
    Span.WEEK: _lazy("%(year)d年第%(number)d周（%(first)s—%(last)s）"),
    Span.MONTH: _lazy("%(year)d年%(number)d月"),
    Span.QUARTER: _lazy("%(year)d年第%(number)d季度"),
    Span.YEAR: _lazy("%(year)d年"),
}


def _name_day(day: date) -> str:
    return _("%(month)d月%(day)d日") % {"month": day.month, "day": day.day}


def _name_last(period: Period) -> str:
    if period.first.month != period.last.month:
        return _name_day(period.last)
    return _("%d日") % period.last.day


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


def _open_quizzes(root: Federation) -> int:
    items = PlanItem.objects.filter(plan__kind=PlanKind.QUIZ)
    pages = _scored_pages().exclude(pk__in=items.values("page"))
    return sum(_open(plan, page) for page in pages if (plan := _plan_of_quiz(page, root)))


def _scored_pages():
    """Live pages whose class says that they yield a score."""
    models = [each for each in get_page_models() if getattr(each, "is_scored", False)]
    types = ContentType.objects.get_for_models(*models).values()
    return Page.objects.live().filter(content_type__in=types).specific()


def _plan_of_quiz(page: Page, root: Federation) -> Plan | None:
    """None until somebody has handed it in."""
    first = Progress.objects.filter(page=page.pk).aggregate(first=Min("handed_in_at"))["first"]
    if first is None:
        return None
    return Plan(
        kind=PlanKind.QUIZ,
        key=f"quiz-{page.pk}",
        title=page.title[:60],
        federation=root,
        opens_at=first,
        cutoff_at=_closing(page, first),
    )


def _closing(page: Page, opens_at: datetime) -> datetime | None:
    """When the quiz closes; a plan's window has a length."""
    return max(page.closes_at, opens_at + TICK) if page.closes_at else None


def _open(plan: Plan, page: Page | None = None) -> int:
    """Save the board; 0 where somebody else was quicker."""
    try:
        with transaction.atomic():
            plan.save()
            if page:
                PlanItem.objects.create(plan=plan, page=page, sort_order=0)
    except IntegrityError:
        if not Plan.boards.filter(key=plan.key).exists():
            raise
        return 0
    schedule_rebuild(plan_id=plan.pk)
    return 1


def _follow_pages() -> None:
    """A quiz that closes earlier or later, or has another title: so does its open board."""
    boards = Plan.boards.filter(kind=PlanKind.QUIZ, frozen_at=None).prefetch_related("items")
    by_page = {item.page_id: board for board in boards for item in board.items.all()}
    for page in Page.objects.filter(pk__in=by_page).specific():
        board = by_page[page.pk]
        facts = (page.title[:60], _closing(page, board.opens_at))
        if facts != (board.title, board.cutoff_at):
            _follow(board.pk, *facts)


@transaction.atomic
def _follow(plan_id: int, title: str, cutoff_at: datetime | None) -> None:
    plan = lock_plan(plan_id)
    if plan.is_frozen:
        return
    plan.title, plan.cutoff_at = title, cutoff_at
    plan.save(update_fields=["title", "cutoff_at"])
    schedule_rebuild(plan_id=plan_id)
