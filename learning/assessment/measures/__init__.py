"""The measures that indicators are made of: an explicit table, one line each.

Apps above add theirs by the hook `register_assessment_measures`, a function that returns such a
dict. A key stands in schemes and results for good: it is never given to another measure.
"""

from functools import cache

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from learning.assessment.measures.base import Ground, Measure, Unit, Values, decimal_text
from learning.assessment.measures.board import credit_each, mean_score, share_of
from learning.assessment.measures.content import published_pages
from learning.assessment.measures.people import active_members, filled_chairs
from learning.assessment.measures.tasks import completed_tasks

HOOK = "register_assessment_measures"
RATE = Unit("rate", 10, "%", most=1000)
SCORE = Unit("tenths", 10, _(" 分"), most=1000)
HOURS = Unit("hundredths", 100, _(" 学时"))
PAGES = Unit("count", 1, _(" 篇"))

OWN: dict[str, Measure] = {
    "joined": Measure(
        _("参与率"),
        RATE,
        _("时段内学完或交卷至少一次的人数 ÷ 应参人数。"),
        share_of("joined", "due"),
    ),
    "completed": Measure(
        _("达标率"), RATE, _("时段内学时达标的人数 ÷ 应参人数。"), share_of("completed", "due")
    ),
    "passed": Measure(
        _("及格率"),
        RATE,
        _("时段内交的卷都及格的人数 ÷ 参与人数；没有人参与记 0。"),
        share_of("passed", "joined"),
    ),
    "excellent": Measure(
        _("优秀率"),
        RATE,
        _("都及格并且平均 90 分以上的人数 ÷ 参与人数；没有人参与记 0。"),
        share_of("excellent", "joined"),
    ),
    "score": Measure(
        _("平均分"),
        SCORE,
        _("每人最好成绩的平均，再对有成绩的人平均；不到 3 人有成绩记 0。"),
        mean_score,
    ),
    "credit": Measure(
        _("人均学时"), HOURS, _("时段内得到的学时 ÷ 应参人数，更正也算在内。"), credit_each
    ),
    "tasks": Measure(
        _("任务完成率"),
        RATE,
        _("时段内截止的学习任务，各自完成率的平均；没有任务截止的单位不考核这一项。"),
        completed_tasks,
    ),
    "published": Measure(
        _("发布内容"),
        PAGES,
        _("本单位和下面各级在时段内首次发布、现在仍在线的内容篇数。"),
        published_pages,
    ),
    "active": Measure(
        _("经常学习率"),
        RATE,
        _("在足够多的周里有学习收获的人数 ÷ 在册人数：月度 2 周、季度 6 周、年度 24 周。"),
        active_members,
    ),
    "chairs": Measure(
        _("主席配齐率"), RATE, _("本级和下面各级妇联中，有在任主席的占多少。"), filled_chairs
    ),
}


@cache
def all_measures() -> dict[str, Measure]:
    added = [measures() for measures in hooks.get_hooks(HOOK)]
    return {key: each for table in (OWN, *added) for key, each in table.items()}


def measure_all(ground: Ground) -> dict[int, dict[str, int | None]]:
    """{unit id: {measure: value}}"""
    columns = {key: each.values(ground) for key, each in all_measures().items()}
    return {
        unit.pk: {key: values.get(unit.pk) for key, values in columns.items()}
        for unit in ground.units
    }


__all__ = ["Ground", "Measure", "Unit", "Values", "all_measures", "decimal_text", "measure_all"]
