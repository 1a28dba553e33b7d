"""The list of units as HTML, kept until a fold changes the standings behind it.

On the evening of a cut-off thousands look at the same few lists; all that differs between two
readers is which row is their own.
"""

from urllib.parse import urlencode

from django.core.cache import cache
from django.template.loader import render_to_string

from federations.models import Federation
from federations.seats import Seats
from learning.boards import Board
from learning.boards.lineup import KEPT_FOR
from learning.views.board_addresses import BoardAddress
from learning.views.board_rows import list_units


def units_html(seats: Seats, board: Board, at: BoardAddress, words: dict) -> dict[str, str]:
    """`units`, and `tiles` where the map of cities is shown; `words` is what their templates need
    beside the rows. What somebody typed is looked for anew."""
    if at.query:
        return _render(seats, board, at, words)
    key = _key(seats, board, at)
    kept = cache.get(key)
    if kept and kept[0] == board.stamp:
        return kept[1]
    rendered = _render(seats, board, at, words)
    cache.set(key, (board.stamp, rendered), KEPT_FOR)
    return rendered


def _render(seats: Seats, board: Board, at: BoardAddress, words: dict) -> dict[str, str]:
    context = words | list_units(seats, board, at)
    shown = ["units", "tiles"] if context.get("tiles") else ["units"]
    return {name: render_to_string(f"pages/learning/_{name}.html", context) for name in shown}


def _key(seats: Seats, board: Board, at: BoardAddress) -> str:
    plan = board.plan
    facts = {"version": plan.version, "own": _own_row(seats, board), "page": at.page}
    return f"units:{urlencode(at.parameters() | facts)}"


def _own_row(seats: Seats, board: Board) -> str:
    """As much of the reader's own path as decides which row is hers."""
    own = seats.counted.federation.path if seats.counted else ""
    depth = board.level or board.federation.depth + 1
    return own[: depth * Federation.steplen]
