"""The desk's menu: every app adds its pages by the hook `register_desk_pages`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import resolve
from wagtail import hooks

from federations.desk.access import Desk
from federations.models import StaffRoleType
from federations.scope import LOOKERS

# Functions that return DeskPages.
HOOK = "register_desk_pages"


@dataclass(frozen=True)
class DeskPage:
    """A page of the menu; `section` is what the names of its views begin with."""

    label: Any
    icon: str
    url_name: str
    section: str
    order: int
    roles: tuple[StaffRoleType, ...] = LOOKERS


@cache
def desk_pages() -> tuple[DeskPage, ...]:
    pages = [page for find in hooks.get_hooks(HOOK) for page in find()]
    return tuple(sorted(pages, key=lambda page: page.order))


def menu_of(desk: Desk, path: str) -> Iterable[dict]:
    """What she may open at this place, with the page at `path` marked."""
    here = resolve(path).view_name
    return [
        {
            "label": page.label,
            "icon": page.icon,
            "url": desk.address(page.url_name),
            "current": here.startswith(page.section),
        }
        for page in desk_pages()
        if desk.may(page.roles)
    ]


def home_of(view_name: str) -> str:
    """The name of the menu's page to which a view belongs; of none, the overview."""
    homes = [page.url_name for page in desk_pages() if view_name.startswith(page.section)]
    return homes[0] if homes else "desk_overview"
