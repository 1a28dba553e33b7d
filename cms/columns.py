"""What a themed column holds, of whatever kind, newest first.

The apps that know a kind register it by the hook `column_kinds`, a function without arguments that
returns a ColumnKind. A list asks once for ids over all kinds, then each kind draws its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.utils.feedgenerator import Enclosure
from django.utils.functional import Promise
from wagtail import hooks
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.access import visible_to
from cms.cards import Card
from cms.models import ColumnPage
from cms.models.base import BasePage

PER_PAGE = 20
NEWEST_FIRST = (F("first_published_at").desc(nulls_last=True), "-pk")


@dataclass(frozen=True)
class ColumnKind:
    """`is_in` says which pages of this kind a member finds in a column; what lies in the academy
    need not be left out. `draw` makes cards of pages that she may open, by id.

    `feed_facts` names columns of the kind's table for the feeds, where `enclose` finds them again
    as `feed_<name>`.
    """

    slug: str
    label: str | Promise
    order: int
    model: type[BasePage]
    is_in: Callable[[ColumnPage, object], Q]
    draw: Callable[[object, list[int]], dict[int, Card]]
    feed_facts: dict[str, str] = field(default_factory=dict)
    enclose: Callable[[object, Page], list[Enclosure]] = lambda _request, _page: []

    @property
    def type_id(self) -> int:
        return ContentType.objects.get_for_model(self.model).pk


@dataclass(frozen=True)
class Tab:
    slug: str
    label: str | Promise
    count: int
    is_chosen: bool


def column_kinds() -> list[ColumnKind]:
    kinds = [make() for make in hooks.get_hooks("column_kinds")]
    return sorted(kinds, key=lambda kind: kind.order)


def live_columns(member) -> PageQuerySet:
    """The columns that `member` may open, in the editors' order."""
    return visible_to(member, ColumnPage.objects.all()).order_by("path")


def column_pages(member, column: ColumnPage, kinds: list[ColumnKind]) -> PageQuerySet:
    """Pages of these kinds in the column that `member` may open, newest first."""
    pages = Page.objects.filter(held_in(column, member, kinds))
    return visible_to(member, pages).order_by(*NEWEST_FIRST)


def held_in(column: ColumnPage, member, kinds: list[ColumnKind]) -> Q:
    held = Q(pk__in=[])
    for kind in kinds:
        held |= kind.is_in(column, member)
    return held


def children_of(column: ColumnPage, model: type[BasePage]) -> Q:
    """Pages of that model right below the column: a range, which the path's index answers."""
    return Q(
        path__range=(column.path + "0" * Page.steplen, column.path + "Z" * Page.steplen),
        depth=column.depth + 1,
        content_type=ContentType.objects.get_for_model(model),
    )


class CountedPaginator(Paginator):
    """The number is known already."""

    def __init__(self, pages, per_page: int, count: int):
        super().__init__(pages, per_page)
        self.count = count


def list_column(request, column: ColumnPage) -> dict:
    """One page of the column: `items` (cards), `page_obj`, `tabs` of the kinds that are there."""
    kinds = column_kinds()
    pages = column_pages(request.user, column, kinds)
    counts = _count(pages)
    present = [kind for kind in kinds if counts.get(kind.type_id)]
    chosen = next((kind for kind in present if kind.slug == request.GET.get("kind")), None)
    if chosen:
        pages = pages.filter(content_type=chosen.type_id)
    total = counts[chosen.type_id] if chosen else sum(counts.values())
    ids = pages.values_list("pk", "content_type_id")
    shown = CountedPaginator(ids, PER_PAGE, total).get_page(request.GET.get("p"))
    return {
        "items": draw_items(request, kinds, shown.object_list),
        "page_obj": shown,
        "kind": chosen.slug if chosen else "",
        "total": sum(counts.values()),
        "tabs": [Tab(k.slug, k.label, counts[k.type_id], k is chosen) for k in present],
    }


def _count(pages: PageQuerySet) -> dict[int, int]:
    """By content type."""
    rows = pages.order_by().values_list("content_type_id").annotate(n=Count("pk"))
    return dict(rows)


def draw_items(request, kinds: list[ColumnKind], rows) -> list[Card]:
    """Cards in the order of `rows` of (id, content type): each kind present is asked once."""
    rows = list(rows)
    cards: dict[int, Card] = {}
    for kind in kinds:
        if ids := [pk for pk, type_id in rows if type_id == kind.type_id]:
            cards |= kind.draw(request, ids)
    return [cards[pk] for pk, _type_id in rows if pk in cards]
