"""Everything in its order, each part timed."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from config.scale.pages import make_pages
from config.scale.people import make_people
from config.scale.plans import make_plans
from config.scale.records import make_records
from config.scale.words import analyze, prepare_session
from config.site_setup import set_up_site
from federations.domain.divisions import import_federations
from federations.models import Federation
from learning.domain.boards import open_boards
from learning.domain.standings import freeze_due_plans, rebuild_standings
from learning.models import Plan
from members.models import Member

Say = Callable[[str], None]


@dataclass(frozen=True)
class Sizes:
    """How many of each; `seed` makes the same people and records on the same day.

    boards  whether those of quizzes and periods are opened and counted too
    """

    members: int
    appointments: int
    plans: int
    progress: int
    seed: int
    boards: bool = True


def is_empty() -> bool:
    return not (Member.objects.exists() or Plan.boards.exists() or Federation.objects.exists())


def seed_scale(*, sizes: Sizes, say: Say) -> None:
    """Fill the empty database; each part is whole, all of them together are not one transaction."""
    prepare_session()
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    with _timed(say, "全省五级妇联"):
        import_federations()
    with _timed(say, f"执委 {sizes.members:,} 人，任职 {sizes.appointments:,} 条"):
        make_people(
            members=sizes.members,
            appointments=sizes.appointments,
            seed=sizes.seed,
            today=today.date(),
        )
    with _timed(say, f"页面和 {sizes.plans} 个学习任务"):
        set_up_site()
        pages = make_pages(_pages_needed(sizes))
        make_plans(sizes.plans, pages, today)
        analyze()
    with _timed(say, f"学习记录 {sizes.progress:,} 条，成绩和积分"):
        make_records(
            members=sizes.members,
            progress=sizes.progress,
            pages=pages,
            seed=sizes.seed,
            today=today,
            say=say,
        )
    _count_standings(sizes, say, timezone.now())


def _count_standings(sizes: Sizes, say: Say, now: datetime) -> None:
    with _timed(say, "冻结已截止的任务"):
        freeze_due_plans(now=now)
    _rebuild(say, now)
    if sizes.boards:
        with _timed(say, "开出测验和时段的排行"):
            open_boards(now=now)
        _rebuild(say, now)
    analyze()


def _rebuild(say: Say, now: datetime) -> None:
    """Whatever has no figures yet; where tasks run at once, new boards have them already."""
    for plan in Plan.boards.filter(frozen_at=None, standings=None):
        with _timed(say, f"统计《{plan.title}》"):
            rebuild_standings(plan_id=plan.pk, now=now)


def _pages_needed(sizes: Sizes) -> int:
    """Three fifths more than a member has begun on average, so that some have begun many more."""
    return max(10, -(-sizes.progress * 8 // (sizes.members * 5)))


@contextmanager
def _timed(say: Say, what: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    say(f"{what}：{time.perf_counter() - begun:.1f} 秒")
