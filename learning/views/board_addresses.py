"""Addresses around a board: each is the present one with something changed."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from federations.models import Federation
from learning.boards import Board
from learning.models import Plan


@dataclass(frozen=True)
class BoardAddress:
    """What the address asks for: the board, a name to find, a page of a long list."""

    board: Board
    query: str = ""
    page: int = 1

    def to(self, **changes) -> str:
        """The board's address with things changed; a new list begins at its first page."""
        return f"{reverse('learning:board')}?{urlencode(self.parameters(**changes))}"

    def to_plan(self, plan: Plan) -> str:
        """Another plan keeps the place where she is, as long as it reaches there."""
        reaches = self.board.federation.path.startswith(plan.federation.path)
        return self.to(
            plan=plan.pk, federation=(self.board.federation if reaches else plan.federation).pk
        )

    def why(self, federation: Federation, **changes) -> str:
        parameters = self.parameters(federation=federation.pk, level=None, by=None, **changes)
        return f"{reverse('learning:board_why')}?{urlencode(parameters)}"

    def to_each(self) -> Callable[[int], str]:
        """The board's address by a federation's id, units below it: made once for all rows."""
        return self._each("learning:board")

    def why_each(self) -> Callable[[int], str]:
        """`why` by a federation's id."""
        return self._each("learning:board_why", by=None)

    def _each(self, name: str, **changes) -> Callable[[int], str]:
        parameters = self.parameters(federation=None, level=None, **changes)
        start = f"{reverse(name)}?{urlencode(parameters)}&federation="
        return lambda federation_id: f"{start}{federation_id}"

    def parameters(self, **changes) -> dict:
        board = self.board
        now = {
            "plan": board.plan.pk,
            "federation": board.federation.pk,
            "view": board.view,
            "sort": board.sort.key,
            "level": board.level,
            "by": board.by if board.by != "value" else None,
        }
        return {name: value for name, value in (now | changes).items() if value}


def find_url(name: str, **query) -> str | None:
    """None where the desk has no such page."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    return f"{url}?{urlencode(query)}" if query else url
