"""What a list of the desk is, and where upper apps add theirs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.urls import reverse
from wagtail import hooks
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.kinds import owner_names

# Functions that return DeskLists. `home` places a list on the home page, lowest first.
HOOK = "register_desk_lists"


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@dataclass(frozen=True)
class DeskList:
    """Pages by `find(user)`, annotated with `desk_at`: what the list is ordered by, and shows.

    `note(page)` is one line about a row, from further annotations.
    """

    key: str
    title: Any
    icon: str
    # What is said when there is nothing, in the words of somebody who helps.
    empty: Any
    when: Any
    find: Callable[[Any], PageQuerySet]
    note: Callable[[Page], str]
    about: Any = ""
    order: tuple[str, ...] = ("-desk_at", "-pk")
    home: int | None = None
    # Also in the menu 内容检查.
    in_menu: bool = False
    # Its pages come with their links (`shown_links`), which the whole list shows one by one.
    has_links: bool = False
    # Whether the home page shows `desk_at`; the note may say it already.
    shows_time: bool = True
    # Where a row leads: to the editor, unless the list is about something else to do.
    open_at: Callable[[Page], str] = edit_url
    prepare: Callable[[PageQuerySet], PageQuerySet] = field(default=lambda pages: pages)

    def pages(self, user) -> PageQuerySet:
        return self.prepare(self.find(user).order_by(*self.order))


@cache
def desk_lists() -> dict[str, DeskList]:
    """By their address, in the order of registration."""
    return {each.key: each for find in hooks.get_hooks(HOOK) for each in find()}


@dataclass(frozen=True)
class Row:
    """A page as a list shows it."""

    page: Page
    title: str
    kind: str
    owner: str
    note: str
    at: Any
    url: str


def read_rows(
    desk_list: DeskList, pages: Iterable[Page], owners: dict[int, str] | None = None
) -> list[Row]:
    """`owners` where they have been read for several lists at once."""
    pages = list(pages)
    if owners is None:
        owners = owner_names(page.pk for page in pages)
    return [
        Row(
            page=page,
            title=page.get_admin_display_title(),
            kind=page.page_type_display_name,
            owner=owners.get(page.pk, ""),
            note=desk_list.note(page),
            at=page.desk_at,
            url=desk_list.open_at(page),
        )
        for page in pages
    ]
