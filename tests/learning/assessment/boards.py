"""Boards of a period with figures put by hand."""

from datetime import date, timedelta

from learning.assessment.windows import window_of
from learning.models import Plan, PlanKind, Standing

SPANS = {"month": "month", "quarter": "quarter", "year": "year"}


def make_board(root, key: str) -> Plan:
    span, first = key.split("-", 1)
    window = window_of(_first_day(span, first), span)
    assert window.key == key
    return Plan.boards.create(
        kind=PlanKind.PERIOD,
        key=key,
        span=span,
        title=window.title,
        federation=root,
        opens_at=window.begins_at,
        cutoff_at=window.ends_at - timedelta(microseconds=1),
    )


def _first_day(span, text):
    year, _dash, rest = text.partition("-")
    month = {"month": lambda: int(rest), "quarter": lambda: int(rest[1:]) * 3, "year": lambda: 1}
    return date(int(year), month[span](), 1)


def put_figures(board, federation, **figures) -> Standing:
    columns = {f"subtree_{name}": value for name, value in figures.items()}
    return Standing.objects.create(
        plan=board, federation=federation, updated_at=board.opens_at, **columns
    )
