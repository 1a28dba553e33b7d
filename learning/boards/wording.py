"""What is said about a board as a whole: its window, how fresh it is, a unit's counts."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from learning.boards.board import Board
from learning.boards.sorts import CREDIT, SCORE, Sort
from learning.domain.standings.figures import Figures
from learning.models import Plan, PlanKind
from learning.queries_plans import due_text

LEVELS = {2: _("各市"), 3: _("各县区"), 4: _("各镇街"), 5: _("各村社区")}


def window_text(plan: Plan) -> str:
    return WINDOWS[PlanKind(plan.kind)](plan)


def _task_window(plan: Plan) -> str:
    opened = date_format(localtime(plan.opens_at), "Y年n月j日")
    return _("%(opened)s开始 · %(due)s") % {"opened": opened, "due": due_text(plan)}


def _period_window(plan: Plan) -> str:
    target = _("学时达标：每人 %s 学时") % CREDIT.text(plan.credit_target or 0)
    return f"{plan.title} · {target}" if plan.credit_target else plan.title


WINDOWS = {
    PlanKind.TASK: _task_window,
    PlanKind.QUIZ: _task_window,
    PlanKind.PERIOD: _period_window,
}


def updated_text(board: Board) -> str:
    plan = board.plan
    if plan.is_frozen:
        return _("已冻结 · 截至%s，之后不再变动。") % _moment(plan.cutoff_at or plan.frozen_at)
    if plan.cutoff_at and plan.cutoff_at <= timezone.now():
        return _("已截止，正在汇总最后的成绩，几分钟后冻结。")
    if board.standing.updated_at is None:
        return _("还没有统计数据，有人学习后几秒内就会出现。")
    moment = date_format(localtime(board.standing.updated_at), "n月j日 H:i:s")
    return _("数据更新于 %s，新的成绩几秒内计入。") % moment


def _moment(moment) -> str:
    return date_format(localtime(moment), "Y年n月j日 H:i")


def counts_text(sort: Sort, plan: Plan, counts: Figures) -> str:
    """The two counts behind a figure: 完成 11 / 应参 15."""
    return counts_teller(sort, plan)(counts)


def counts_teller(sort: Sort, plan: Plan) -> Callable[[Figures], str]:
    """`counts_text` for one unit after the other: the words are looked up once."""
    if sort.measure is SCORE:
        scored = _("有成绩 %d 人")
        return lambda counts: scored % getattr(counts, sort.whole)
    if sort.measure is CREDIT:
        earned = _("共 %(credit)s 学时 · 应参 %(due)d")
        return lambda counts: earned % {"credit": CREDIT.text(counts.credit), "due": counts.due}
    part, whole = str(sort.part_name_for(plan)), str(sort.whole_label)
    return lambda counts: (
        f"{part} {getattr(counts, sort.part)} / {whole} {getattr(counts, sort.whole)}"
    )
