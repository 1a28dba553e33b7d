"""Links to other boards: of the same kind beside this one, and to the other kinds."""

from django.utils import timezone

from learning.boards import Board
from learning.boards.subjects import NEWEST
from learning.models import Plan, PlanKind, Span
from learning.views.board_addresses import BoardAddress


def newest(board: Board, subjects: list[Plan], at: BoardAddress) -> dict:
    chips = [
        {"title": plan.title, "url": at.to_plan(plan), "current": plan == board.plan}
        for plan in subjects[:NEWEST]
    ]
    return {"chips": chips, "has_more": len(subjects) > NEWEST or len(subjects) > 3}


def periods(board: Board, subjects: list[Plan], at: BoardAddress) -> dict:
    """The running period of each span, and the ones before and after the one that is shown."""
    shown, now = board.plan, timezone.now()
    running = {plan.span: plan for plan in subjects if not plan.has_closed(now)}
    spans = [
        {"title": label, "url": at.to_plan(running[span]), "current": span == shown.span}
        for span, label in Span.choices
        if span in running
    ]
    later = next((plan for plan in subjects if plan.previous_id == shown.pk), None)
    return {
        "chips": spans,
        "earlier": shown.previous and link(shown.previous, at),
        "later": later and link(later, at),
        "is_period": True,
        "has_more": True,
    }


def link(plan: Plan, at: BoardAddress) -> dict:
    return {"title": plan.title, "url": at.to(plan=plan.pk)}


SUBJECTS = {PlanKind.TASK: newest, PlanKind.QUIZ: newest, PlanKind.PERIOD: periods}
