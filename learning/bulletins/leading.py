"""A board's figures in sentences, as a bulletin begins."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from learning.boards import VIEWS, Board, Sort
from learning.boards.sorts import CREDIT, SCORE
from learning.bulletins.bulletin import Kind, cell_text
from learning.domain.standings.figures import Figures
from learning.models import PlanKind
from learning.rules.ranking import change
from learning.target import describe_target

# So many are named as the first ones.
NAMED = 3


def lead_of(board: Board, sorts: Sequence[Sort]) -> list[str]:
    found = [_figures(board, sorts), _previous(board), _ranked(board), _target(board)]
    return [text for text in found if text]


def _figures(board: Board, sorts: Sequence[Sort]) -> str:
    counts = Figures.read(board.standing, board.view)
    head = _("%(place)s（%(view)s）应参执委 %(due)s 人") % {
        "place": board.federation.name,
        "view": VIEWS[board.view],
        "due": f"{counts.due:,}",
    }
    return "；".join([head, *(_clause(board, sort, counts) for sort in sorts)]) + "。"


def _clause(board: Board, sort: Sort, counts: Figures) -> str:
    """完成 800 人，完成率 64.8%"""
    figure = f"{sort.name_for(board.plan)} {sort.text(sort.of(counts))}"
    if sort.measure is SCORE:
        return _("有成绩 %(n)s 人，%(figure)s") % {"n": f"{counts.scored:,}", "figure": figure}
    if sort.measure is CREDIT:
        return _("学时合计 %(credit)s，%(figure)s") % {
            "credit": cell_text(Kind.HUNDREDTHS, counts.credit),
            "figure": figure,
        }
    return _("%(what)s %(n)s 人，%(figure)s") % {
        "what": sort.part_name_for(board.plan),
        "n": f"{getattr(counts, sort.part):,}",
        "figure": figure,
    }


def _previous(board: Board) -> str:
    """与“2026年10月”相比，完成率提高 3.2 个百分点（当时 61.6%）。"""
    if board.previous_standing is None:
        return ""
    sort = board.sort
    now = sort.of(Figures.read(board.standing, board.view))
    was = sort.of(Figures.read(board.previous_standing, board.view))
    moved = change(now, was)
    if moved is None:
        return ""
    return _("与上期“%(title)s”相比，%(name)s%(moved)s（上期 %(was)s）。") % {
        "title": board.plan.previous.title,
        "name": sort.name_for(board.plan),
        "moved": _moved(sort, moved),
        "was": sort.text(was),
    }


def _moved(sort: Sort, moved: int) -> str:
    if moved == 0:
        return _("持平")
    # 3.2 个百分点, without the arrow.
    amount = sort.change_text(moved).split(" ", 1)[1]
    return (_("提高 %s") if moved > 0 else _("下降 %s")) % amount


def _ranked(board: Board) -> str:
    rows = [row for row in board.rows if row.rank is not None]
    if not rows:
        return ""
    name = board.sort.name_for(board.plan)
    if board.by == "gain":
        told = _("进步最大的是%s") % "、".join(_first(board, rows, shows_change=True))
    else:
        told = _("%(name)s最高的是%(first)s") % {
            "name": name,
            "first": "、".join(_first(board, rows, shows_change=False)),
        }
    return _("参加排名的单位 %(n)d 个，%(told)s。") % {"n": len(rows), "told": told} + _below(board)


def _first(board: Board, rows, *, shows_change: bool) -> Iterator[str]:
    """Units of the first places; equal ones are named together, unless they are many."""
    for row in rows[:NAMED]:
        figure = board.sort.text(row.tenths)
        if shows_change:
            figure = board.sort.change_text(row.change)
        yield f"{row.federation.name}（{figure}）"


def _below(board: Board) -> str:
    """How many stand above and below the place's own figure."""
    mean = board.sort.of(Figures.read(board.standing, "subtree"))
    if board.view != "subtree" or mean is None:
        return ""
    figures = [row.tenths for row in board.rows if row.tenths is not None]
    return _("%(above)d 个单位不低于%(place)s的 %(mean)s，%(below)d 个低于。") % {
        "above": sum(each >= mean for each in figures),
        "below": sum(each < mean for each in figures),
        "place": board.federation.name,
        "mean": board.sort.text(mean),
    }


def _target(board: Board) -> str:
    plan, standing = board.plan, board.standing
    if plan.kind != PlanKind.TASK:
        return ""
    target = describe_target(plan, standing.subtree_completed, standing.subtree_due)
    if target is None:
        return ""
    return _("任务目标完成率 %(rate)s，全域%(text)s。") % target
