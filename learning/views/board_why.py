"""Where a number comes from: counts and formula for everybody, without a name."""

from django.utils.translation import gettext as _

from federations.seats import Seats
from learning.boards import Board
from learning.boards.definitions import define
from learning.boards.sorts import CREDIT, SCORE, Sort
from learning.boards.wording import counts_text, updated_text, window_text
from learning.domain.standings.figures import NAMES, Figures
from learning.rules.figures import MIN_AVERAGED, MIN_RANKED_DUE
from learning.rules.ranking import change
from learning.views.board_addresses import BoardAddress
from learning.views.board_facts import offered, staff_tools
from learning.views.board_rows import change_facts


def why_context(seats: Seats, board: Board) -> dict:
    at, sort, plan = BoardAddress(board), board.sort, board.plan
    counts = board.here.now[board.view]
    value = sort.of(counts)
    return {
        "tab": "board",
        "plan": {"title": plan.title, "window_text": window_text(plan)},
        "federation": {"name": board.federation.name},
        "view": board.view,
        "label": sort.name_for(plan),
        "text": sort.text(value),
        "formula": formula(sort, counts),
        "definition": define(plan, sort.name_for(plan)),
        "steps": steps(board, counts),
        "parts": parts(board),
        "before": before(board, value),
        "is_small": 0 < counts.due < MIN_RANKED_DUE,
        "others": [
            {
                "title": each.name_for(plan),
                "url": at.why(board.federation, sort=each.key),
                "current": each is sort,
            }
            for each in offered(plan)
        ],
        "back_url": at.to(),
        "updated_text": updated_text(board),
        "staff": staff_tools(seats, board),
    }


def formula(sort: Sort, counts: Figures) -> str:
    """11 ÷ 15 = 73.3%, in words where a sum stands for people."""
    part, whole, value = getattr(counts, sort.part), getattr(counts, sort.whole), sort.of(counts)
    if value is None:
        return NO_FIGURE[sort.measure is SCORE]()
    if sort.measure is SCORE:
        facts = {"n": whole, "mean": sort.text(value)}
        return _("%(n)d 人各自的成绩加起来 ÷ %(n)d = %(mean)s") % facts
    shown = CREDIT.text(part) if sort.measure is CREDIT else part
    return f"{shown} ÷ {whole} = {sort.text(value)}"


NO_FIGURE = {
    True: lambda: _("有成绩的不足 %d 人，不显示平均分，免得看出个人的成绩。") % MIN_AVERAGED,
    False: lambda: _("现在没有可以算的人。"),
}


def steps(board: Board, counts: Figures) -> list[dict]:
    """All counts, in the order in which one is part of the other."""
    plan = board.plan
    listed = [(_("应参"), counts.due, "due")]
    for sort in offered(plan):
        number = {SCORE: counts.scored}.get(sort.measure, getattr(counts, sort.part))
        text = CREDIT.text(number) if sort.measure is CREDIT else number
        name = _("有成绩") if sort.measure is SCORE else sort.part_name_for(plan)
        listed.append((name, text, sort.whole if sort.measure is SCORE else sort.part))
    used = {board.sort.part, board.sort.whole}
    return [
        {
            "label": label,
            "text": _("%s 学时") % text if column == "credit" else _("%s 人") % text,
            "is_used": column in used,
        }
        for label, text, column in listed
    ]


def parts(board: Board) -> list[dict]:
    """What a subtree is added up of: its own team, and all below."""
    if board.view == "own" or board.federation.is_leaf():
        return []
    own, all_ = board.here.now["own"], board.here.now["subtree"]
    below = Figures(*(getattr(all_, name) - getattr(own, name) for name in NAMES))
    named = ((_("本级队伍"), own), (_("下面各级"), below))
    return [
        {"label": label, "text": counts_text(board.sort, board.plan, counts)}
        for label, counts in named
    ]


def before(board: Board, value: int | None) -> dict | None:
    """The same figure in the plan before."""
    if board.plan.previous is None or board.here.before is None:
        return None
    sort, counts = board.sort, board.here.before[board.view]
    figure = sort.of(counts)
    return {
        "title": board.plan.previous.title,
        "text": sort.text(figure),
        "counts_text": counts_text(sort, board.plan, counts),
        "change": change_facts(sort.change_text, change(value, figure)),
    }
