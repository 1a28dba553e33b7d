"""Plans of the province, of cities and counties, each of another kind."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from config.scale.pages import ScalePage
from federations.models import Federation, Level, Position
from learning.models import Plan, PlanItem, Reach


@dataclass(frozen=True)
class Spec:
    """`at` is the code of the division; `opened` and `closes` are days from today."""

    title: str
    at: str
    lessons: int
    quizzes: int
    opened: int
    closes: int | None = None
    levels: tuple = ()
    positions: tuple = ()
    reach: str = Reach.SUBTREE


OFFICERS = (Position.CHAIR, Position.VICE_CHAIR)
# The first city is 广州; 东莞 (4419) has no counties.
SPECS = (
    Spec("年度学习任务", "44", 8, 2, 300),
    Spec("反家庭暴力法专题月", "44", 3, 1, 20, 10),
    Spec("上半年履职能力测试", "44", 4, 2, 150, -20),
    Spec("村社区执委入门", "44", 6, 0, 200, 60, levels=(Level.VILLAGE,)),
    Spec("主席副主席研修", "44", 10, 1, 90, 30, positions=OFFICERS),
    Spec("广州市维权月", "4401", 4, 1, 40, 20),
    Spec("东莞市家庭教育月", "4419", 5, 0, 60, None),
    Spec("梅州市执委培训", "4414", 6, 1, 100, 40),
    Spec("越秀区妇儿驿站", "440104", 3, 0, 30, 15),
    Spec("梅县区新任执委", "441403", 5, 1, 50, 25),
    Spec("广东省妇联机关读书", "44", 4, 0, 120, 90, reach=Reach.OWN),
    Spec("镇街妇联骨干", "44", 4, 1, 70, 50, levels=(Level.TOWN, Level.COUNTY)),
)


def make_plans(count: int, pages: list[ScalePage], today: datetime) -> list[Plan]:
    """The first so many of SPECS; `today` is the local midnight."""
    return [_make_plan(spec, place, pages, today) for place, spec in enumerate(SPECS[:count])]


def _make_plan(spec: Spec, place: int, pages: list[ScalePage], today: datetime) -> Plan:
    plan = Plan.objects.create(
        title=spec.title,
        federation=Federation.objects.get(code=spec.at),
        reach=spec.reach,
        levels=spec.levels,
        positions=spec.positions,
        opens_at=today - timedelta(days=spec.opened),
        cutoff_at=None if spec.closes is None else today + timedelta(days=spec.closes, seconds=-1),
        is_default=place == 0,
    )
    lessons = [page for page in pages if not page.is_quiz]
    quizzes = [page for page in pages if page.is_quiz]
    chosen = _take(lessons, spec.lessons, place * 5) + _take(quizzes, spec.quizzes, place)
    PlanItem.objects.bulk_create(
        PlanItem(plan=plan, page_id=page.pk, sort_order=order, is_required=order != 1)
        for order, page in enumerate(chosen)
    )
    return plan


def _take(pages: list[ScalePage], count: int, start: int) -> list[ScalePage]:
    """So many from `start` on, round and round, none twice."""
    count = min(count, len(pages))
    return [pages[(start + number) % len(pages)] for number in range(count)]
