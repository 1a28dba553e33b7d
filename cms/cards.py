"""Cards for pages of any kind: the apps that know a kind draw it, by a hook.

`page_cards` hooks are functions of (request, page_ids) → {page id: Card}; ids that are not theirs,
or that she may not open, are left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail import hooks


@dataclass(frozen=True)
class Card:
    """`template` shows `facts` as `card`."""

    template: str
    facts: Any


def cards_for(request, page_ids: Iterable[int]) -> dict[int, Card]:
    """Cards of those pages that are live and that she may open, by id."""
    page_ids = list(page_ids)
    cards: dict[int, Card] = {}
    if page_ids:
        for draw in hooks.get_hooks("page_cards"):
            cards |= draw(request, page_ids)
    return cards
