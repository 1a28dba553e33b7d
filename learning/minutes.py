"""How long pages take. `learning` knows pages only: the apps above say it of theirs.

They register a `page_minutes` hook: a function of (member, page_ids) that returns whole minutes by
page id, for those of the pages that it knows, as the member would still need were she to finish the
page. It takes a fixed number of queries for any number of pages.
"""

from collections.abc import Collection

from wagtail import hooks

HOOK = "page_minutes"


def page_minutes(member, page_ids: Collection[int]) -> dict[int, int]:
    """A page whose length nobody knows is absent."""
    found: dict[int, int] = {}
    if page_ids:
        for tell in hooks.get_hooks(HOOK):
            found |= tell(member, page_ids)
    return found
