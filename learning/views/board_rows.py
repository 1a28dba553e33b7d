"""The rows of a leaderboard as its table says them: the units below, or one page of a level."""

from collections.abc import Callable

from django.core.paginator import Paginator

from federations.models import Federation, Level
from federations.seats import Seats
from learning.boards import Board, Row
from learning.boards.lineup import MAX_FOUND, PER_PAGE, find_rows, lineup_of, page_rows
from learning.boards.wording import counts_teller
from learning.rules.figures import shade
from learning.views.board_addresses import BoardAddress

# From so many rows on there is a box to find a name.
FINDS_FROM = 15


def list_units(seats: Seats, board: Board, at: BoardAddress) -> dict:
    listed = _units_below if board.level is None else _units_of_level
    return listed(seats, board, at)


def _units_below(seats: Seats, board: Board, at: BoardAddress) -> dict:
    rows, small = (
        [row for row in some if at.query in row.federation.name]
        for some in (board.rows, board.small_rows)
    )
    facts = RowFacts(seats, board, at, board.all_rows)
    return {
        "rows": [facts(row) for row in rows],
        "small_rows": [facts(row) for row in small],
        "empty_count": board.empty_count,
        "find": find_box(at) if len(board.all_rows) >= FINDS_FROM else None,
        "tiles": tiles(board, at),
    }


def _units_of_level(seats: Seats, board: Board, at: BoardAddress) -> dict:
    lineup = lineup_of(board)
    page = Paginator(range(len(lineup.ids)), PER_PAGE).get_page(at.page)
    if at.query:
        shown = find_rows(board, lineup, at.query)
    else:
        shown = page_rows(board, lineup, page.number, _paths(seats, board.federation))
    facts = RowFacts(seats, board, at, [*shown.rows, *shown.small_rows])
    return {
        "rows": [facts(row) for row in shown.rows],
        "small_rows": [facts(row) for row in shown.small_rows],
        "pinned": [
            facts(row) | {"page_url": at.to(p=lineup.page_of(row.federation.pk))}
            for row in shown.pinned
        ],
        "empty_count": lineup.empty,
        "ranked_count": lineup.ranked,
        "find": find_box(at),
        "most_found": MAX_FOUND if shown.is_cut else None,
        "page_obj": None if at.query else page,
        "pages": page_links(page, at),
    }


def _paths(seats: Seats, place: Federation) -> set[str]:
    """Of the place that is shown and of her own unit, with those above."""
    own = seats.counted.federation.paths_down_to_here if seats.counted else []
    return {*place.paths_down_to_here, *own}


def find_box(at: BoardAddress) -> dict:
    return {"fields": at.parameters(), "typed": at.query, "clear_url": at.to()}


def page_links(page, at: BoardAddress) -> dict:
    return {
        "previous": at.to(p=page.previous_page_number()) if page.has_previous() else None,
        "next": at.to(p=page.next_page_number()) if page.has_next() else None,
    }


def change_facts(tell: Callable[[int | None], str], risen: int | None) -> dict:
    direction = "" if not risen else ("up" if risen > 0 else "down")
    return {"text": tell(risen), "cls": direction}


class RowFacts:
    """One row after the other; the member's own branch is marked."""

    def __init__(self, seats: Seats, board: Board, at: BoardAddress, rows: list[Row]):
        self.board = board
        self.url, self.why_url = at.to_each(), at.why_each()
        self.counts_text = counts_teller(board.sort, board.plan)
        self.change_text = board.sort.measure.change_teller()
        self.own_path = seats.counted.federation.path if seats.counted else ""
        highest = max((row.tenths or 0 for row in rows), default=0)
        self.full = board.sort.measure.full or max(highest, 1)

    def __call__(self, row: Row) -> dict:
        board, place = self.board, row.federation
        return {
            "rank": row.rank,
            "name": place.name,
            "above": self.above(row),
            "url": None if place.is_leaf() else self.url(place.pk),
            "why_url": self.why_url(place.pk),
            "value": max(row.tenths or 0, 0),
            "full": self.full,
            "text": board.sort.text(row.tenths),
            "change": self.change(row),
            "due": row.due,
            "joined": row.joined,
            "completed": row.completed,
            "counts_text": self.counts_text(row.counts),
            "is_mine": bool(self.own_path) and self.own_path.startswith(place.path),
            "is_here": place.pk == board.federation.pk,
        }

    def change(self, row: Row) -> dict | None:
        return change_facts(self.change_text, row.change) if self.board.plan.previous_id else None

    def above(self, row: Row) -> str:
        """Where a unit of a long list lies: 梅州市 · 梅县区 · 松口镇."""
        if self.board.level is None:
            return ""
        names, place = [], row.federation.parent
        while place is not None and place.level > Level.PROVINCE:
            names.append(place.name)
            # A city's parent goes without saying, and was not read.
            place = place.parent if place.level > Level.CITY else None
        return " · ".join(reversed(names))


def tiles(board: Board, at: BoardAddress) -> list[dict] | None:
    """The schematic of the province's cities, in the order of their codes."""
    if board.federation.level != Level.PROVINCE:
        return None
    rows = sorted(board.all_rows, key=lambda row: row.federation.code or "")
    return [
        {
            "code": row.federation.code,
            "short": row.federation.name.removesuffix("市"),
            "text": board.sort.rounded(row.tenths),
            "level": shade_of(board, row),
            "url": at.to(federation=row.federation.pk),
        }
        for row in rows
    ]


def shade_of(board: Board, row: Row) -> int:
    """A figure without a full mark is compared with the best of them."""
    full = board.sort.measure.full or max((each.tenths or 0 for each in board.all_rows), default=0)
    return shade(row.tenths if row.tenths is None or not full else row.tenths * 1000 // full)
