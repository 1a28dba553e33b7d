"""What a search page offers beside the hits: filters, and ways on where nothing was found."""

from dataclasses import dataclass
from itertools import islice

from django.db.models import Count, QuerySet
from django.utils.http import urlencode
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.columns import live_columns
from cms.search.finding import Findings, Wish, wished_pages
from cms.search.kinds import SearchKind, search_kinds
from cms.search.names import names_for
from cms.search.remembering import remember
from cms.search.tokens import query_words

MOST_TAGS, MOST_WAYS, POPULAR_COLUMNS = 12, 3, 6
# The tags of the best hits are the ones that fit.
TAGS_OF_BEST = 100


@dataclass(frozen=True)
class Choice:
    """A filter to choose. `count` is None where not all hits were counted."""

    label: str
    url: str
    is_chosen: bool
    count: int | None = None


def search_url(wish: Wish, **changes) -> str:
    """The wish as an address, with other filters."""
    facts = {
        "q": wish.text,
        "kind": wish.kind.name if wish.kind else "",
        "column": wish.column.pk if wish.column else "",
        "tag": wish.tag,
    }
    kept = {name: value for name, value in (facts | changes).items() if value}
    return f"?{urlencode(kept)}"


def offer_kinds(wish: Wish, whole: Findings, member) -> list[Choice]:
    """Kinds of which something was found. `whole` are the findings without a filter."""
    counts = None if whole.is_more else count_kinds(wish, whole, member)
    choices = [Choice("", search_url(wish, kind=""), wish.kind is None)]
    for kind in search_kinds():
        count = None if counts is None else counts.get(kind.content_type_id, 0)
        if count != 0 or kind == wish.kind:
            url = search_url(wish, kind=kind.name)
            choices.append(Choice(kind.label, url, kind == wish.kind, count))
    return choices


def count_kinds(wish: Wish, whole: Findings, member) -> dict[int, int]:
    def count() -> dict[int, int]:
        pages = Page.objects.filter(pk__in=_all_ids(whole)).order_by()
        return dict(pages.values_list("content_type").annotate(count=Count("pk")))

    return remember(member, ("kinds", *wish.without_filters().key), count)


def offer_columns(wish: Wish, member) -> list[Choice]:
    return [
        Choice(column.title, search_url(wish, column=column.pk), column == wish.column)
        for column in live_columns(member)
    ]


def offer_tags(wish: Wish, whole: Findings, member) -> list[Choice]:
    """The tags that most of the best hits have."""
    best = _all_ids(whole)[:TAGS_OF_BEST]
    tags = remember(member, ("tags", *wish.without_filters().key), lambda: _read_tags(best))
    if wish.tag and wish.tag not in tags:
        tags = [wish.tag, *tags]
    return [Choice(tag, search_url(wish, tag=tag), tag == wish.tag) for tag in tags]


def _all_ids(findings: Findings) -> list[int]:
    return [*(lead.page_id for lead in findings.leads), *findings.ids]


def _read_tags(ids: list[int]) -> list[str]:
    counts: dict[str, int] = {}
    for kind in search_kinds():
        for tag, count in _count_tags(kind, ids):
            counts[tag] = counts.get(tag, 0) + count
    return sorted(counts, key=lambda tag: (-counts[tag], tag))[:MOST_TAGS]


def _count_tags(kind: SearchKind, ids: list[int]) -> QuerySet | list:
    if not kind.has_tags:
        return []
    used = kind.model.tags.through.objects.filter(content_object__in=ids)
    return used.values_list("tag__name").annotate(count=Count("pk")).order_by()


@dataclass(frozen=True)
class WaysOn:
    """Where nothing was found: a name that sounds alike, the query with a word less, columns."""

    similar: str
    shorter: list[str]
    columns: list


def offer_ways_on(wish: Wish, member) -> WaysOn:
    return WaysOn(
        similar=names_for(member).similar(wish.text) or "",
        shorter=_shorten(wish, member),
        columns=list(live_columns(member)[:POPULAR_COLUMNS]),
    )


def _shorten(wish: Wish, member) -> list[str]:
    """The query without one of its words, and single words, as far as they find something."""
    words = query_words(wish.text)[:6]
    if len(words) < 2:
        return []
    fewer = [" ".join(words[:at] + words[at + 1 :]) for at in reversed(range(len(words)))]
    pages = wished_pages(wish.without_filters(), member)
    finds = get_search_backend().find
    found = (text for text in dict.fromkeys([*fewer, *words]) if finds(text, pages))
    return list(islice(found, MOST_WAYS))
