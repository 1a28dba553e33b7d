"""Boards of a period with figures put by hand."""

from datetime import date, timedelta

from learning.assessment.windows import begin_of, end_of, window_title
from learning.models import Plan, PlanKind, Standing
from learning.rules.periods import period_of


def make_board(root, key: str) -> Plan:
    span, first = key.split("-", 1)
    window = period_of(_first_day(span, first), span)
    assert window.key == key
    return Plan.boards.create(
        kind=PlanKind.PERIOD,
        key=key,
        span=span,
        title=window_title(span, window.first),
        federation=root,
        opens_at=begin_of(window),
        cutoff_at=end_of(window) - timedelta(microseconds=1),
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
