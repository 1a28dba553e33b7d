"""Kinds of pages that readers search; the apps that know a kind name it, by a hook.

A `search_kinds` hook is a function without arguments that returns a list of SearchKind; the hooks'
`order` is the order of the filters.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail import hooks
from wagtail.models import Page

from cms.passages import Passage

HOOK = "search_kinds"


def no_passages(_page: Page) -> list[Passage]:
    return []


@dataclass(frozen=True)
class SearchKind:
    """`name` stands in addresses. `in_column` gives the live pages of a themed column, if the kind
    knows columns. `is_reference`: a hit leads to its best passage and may stand above all others.
    `is_named`: its titles are short names, which can be asked for by their sound."""

    name: str
    label: str
    model: type[Page]
    icon: str
    read_passages: Callable[[Page], list[Passage]] = no_passages
    in_column: Callable[[Page], QuerySet] | None = None
    is_reference: bool = False
    is_named: bool = True
    shows_date: bool = False

    @property
    def content_type_id(self) -> int:
        return ContentType.objects.get_for_model(self.model).pk

    @property
    def has_tags(self) -> bool:
        return hasattr(self.model, "tags")

    def tagged(self, tag: str) -> QuerySet:
        return self.model.objects.filter(tags__name=tag)


@cache
def search_kinds() -> tuple[SearchKind, ...]:
    return tuple(kind for name_kinds in hooks.get_hooks(HOOK) for kind in name_kinds())


def find_kind(name: str) -> SearchKind | None:
    return next((kind for kind in search_kinds() if kind.name == name), None)


def kind_of(page: Page) -> SearchKind:
    return next(kind for kind in search_kinds() if kind.content_type_id == page.content_type_id)
