"""What may be counted of a plan's people: each figure is one condition on a person's row."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

STUCK_AFTER = timedelta(days=7)


class State(StrEnum):
    """Where a person stands; everybody due is in exactly one."""

    NOT_STARTED = "not_started"
    GOING = "going"
    STUCK = "stuck"
    COMPLETED = "completed"


STATES = {
    State.NOT_STARTED: _("未开始"),
    State.GOING: _("进行中"),
    State.STUCK: _("卡住"),
    State.COMPLETED: _("已完成"),
}
# Whose last news is from before that moment is stuck.
STATE_SQL = """CASE WHEN has_completed THEN 'completed' WHEN active_at IS NULL THEN 'not_started'
    WHEN active_at < :silent_since THEN 'stuck' ELSE 'going' END"""


class Figure(StrEnum):
    DUE = "due"
    JOINED = "joined"
    COMPLETED = "completed"
    UNFINISHED = "unfinished"
    NOT_STARTED = "not_started"
    GOING = "going"
    STUCK = "stuck"
    PASSED = "passed"
    EXCELLENT = "excellent"
    SCORED = "scored"


@dataclass(frozen=True)
class Meaning:
    """`sql` is the condition on COLUMNS and `state`.

    counted  the column of Standing that holds how many there are, without own_ or subtree_;
             (whole, part) where they are the rest; none for what only a list can tell
    """

    label: Any
    sql: str
    counted: tuple[str, ...] = ()
    needs_quiz: bool = False


FIGURES = {
    Figure.DUE: Meaning(_("应参"), "1 = 1", ("due",)),
    Figure.JOINED: Meaning(_("参与"), "has_joined", ("joined",)),
    Figure.COMPLETED: Meaning(_("完成"), "has_completed", ("completed",)),
    Figure.UNFINISHED: Meaning(_("未完成"), "NOT has_completed", ("due", "completed")),
    Figure.NOT_STARTED: Meaning(_("未开始"), "state = 'not_started'"),
    Figure.GOING: Meaning(_("进行中"), "state = 'going'"),
    Figure.STUCK: Meaning(_("卡住"), "state = 'stuck'"),
    Figure.PASSED: Meaning(_("及格"), "has_passed", ("passed",), needs_quiz=True),
    Figure.EXCELLENT: Meaning(_("优秀"), "is_excellent", ("excellent",), needs_quiz=True),
    Figure.SCORED: Meaning(_("有成绩"), "score_bp IS NOT NULL", ("scored",), needs_quiz=True),
}


def counted_in(standing, view: str, figure: Figure) -> int | None:
    """How many the standing counts; None for a figure that it does not hold."""
    columns = FIGURES[figure].counted
    if not columns:
        return None
    first, *less = (getattr(standing, f"{view}_{name}") for name in columns)
    return first - sum(less)
