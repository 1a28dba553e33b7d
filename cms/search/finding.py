"""Finding pages: what is asked, what is found. Whatever a reader may not open is not found, not
counted and not named."""

from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search.backends import get_search_backend

from cms.access import visible_to
from cms.models import ColumnPage
from cms.search.backends.common import MOST
from cms.search.kinds import SearchKind, search_kinds
from cms.search.leads import Lead, find_leads
from cms.search.names import names_for
from cms.search.pinyin import read_pinyin
from cms.search.remembering import remember

# With so many hits for the letters themselves (APP), nobody meant pinyin.
ENOUGH = 10


@dataclass(frozen=True)
class Wish:
    """What a reader asks for; the filters may be missing. A tag without words is asked for itself:
    everything that is marked so."""

    text: str
    kind: SearchKind | None = None
    column: ColumnPage | None = None
    tag: str = ""

    @property
    def is_filtered(self) -> bool:
        return self != self.without_filters()

    @property
    def kinds(self) -> tuple[SearchKind, ...]:
        return (self.kind,) if self.kind else search_kinds()

    @property
    def key(self) -> tuple:
        kind, column = self.kind and self.kind.name, self.column and self.column.pk
        return self.text, kind, column, self.tag

    def without_filters(self) -> "Wish":
        return Wish(self.text) if self.text else Wish("", tag=self.tag)

    def about(self, text: str) -> "Wish":
        return replace(self, text=text)


@dataclass(frozen=True)
class Findings:
    """`ids`: pages, the best first, `MOST` at most. `leads` stand above them and are not in them.
    `read_as`: what the letters of a query were taken for."""

    ids: list[int]
    leads: list[Lead]
    read_as: str = ""

    @property
    def count(self) -> int:
        return len(self.ids) + len(self.leads)

    @property
    def is_more(self) -> bool:
        return len(self.ids) + len(self.leads) >= MOST


def find(wish: Wish, member) -> Findings:
    return remember(member, wish.key, lambda: _find(wish, member))


def _find(wish: Wish, member) -> Findings:
    pages = wished_pages(wish, member)
    if not wish.text:
        return Findings(list(newest_first(pages)[:MOST]), [])
    types = [kind.content_type_id for kind in wish.kinds]
    found = dict.fromkeys(get_search_backend().find(wish.text, pages, types=types))
    read_as = _read_letters(wish.text, member) if len(found) < ENOUGH else ""
    if read_as:
        found |= dict.fromkeys(get_search_backend().find(read_as, pages, types=types))
    if len(found) < ENOUGH and (letters := read_pinyin(wish.text)):
        by_title = get_search_backend().find(letters, pages, is_autocomplete=True)
        found |= dict.fromkeys(by_title)
    leads = find_leads(read_as or wish.text, wish.kinds, pages, list(found))
    above = {lead.page_id for lead in leads}
    return Findings([pk for pk in found if pk not in above][:MOST], leads, read_as)


def newest_first(pages: PageQuerySet) -> QuerySet:
    return pages.order_by("-first_published_at", "-pk").values_list("pk", flat=True)


def _read_letters(text: str, member) -> str:
    return (read_pinyin(text) and names_for(member).resolve(text)) or ""


def wished_pages(wish: Wish, member) -> PageQuerySet:
    """The pages among which is searched."""
    types = [kind.content_type_id for kind in wish.kinds]
    pages = visible_to(member, Page.objects.filter(content_type__in=types))
    if wish.column:
        pages = pages.filter(_any(kind.in_column(wish.column) for kind in _with_columns(wish)))
    if wish.tag:
        pages = pages.filter(_any(kind.tagged(wish.tag) for kind in wish.kinds if kind.has_tags))
    return pages


def _with_columns(wish: Wish) -> list[SearchKind]:
    return [kind for kind in wish.kinds if kind.in_column]


def _any(querysets) -> Q:
    condition = Q(pk__in=[])
    for queryset in querysets:
        condition |= Q(pk__in=queryset.order_by().values("pk"))
    return condition
