"""Feeds of the themed columns: RSS and Atom, of what a visitor may open and nothing else.

The address names the column by its number, so it holds when the column is renamed or moved.
"""

import re
from zlib import crc32

from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.access import visible_to
from cms.columns import NEWEST_FIRST, ColumnKind, column_kinds, held_in
from cms.models import ColumnPage

LATEST = 20
CACHE_SECONDS = 60
# XML has no place for them.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@require_safe
def rss(request, column_id):
    return _send(request, column_id, Rss201rev2Feed)


@require_safe
def atom(request, column_id):
    return _send(request, column_id, Atom1Feed)


def _send(request, column_id: int, feed_class: type[SyndicationFeed]) -> HttpResponse:
    kinds = column_kinds()
    column, pages = read_column(column_id, kinds)
    feed = feed_class(
        title=plain(column.title),
        link=column.full_url,
        description=plain(column.summary),
        language="zh-cn",
        feed_url=request.build_absolute_uri(request.path),
    )
    kinds_by_type = {kind.type_id: kind for kind in kinds}
    for page in pages:
        add_page(request, feed, page, kinds_by_type[page.content_type_id])
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    response["Cache-Control"] = f"max-age={CACHE_SECONDS}"
    # Not by date: what is taken away leaves an older newest one behind.
    response["ETag"] = etag = version_of(column, pages, feed)
    return get_conditional_response(request, etag=etag, response=response)


def read_column(column_id: int, kinds: list[ColumnKind]) -> tuple[ColumnPage, list[Page]]:
    """The column and its newest pages with `feed_…` facts, in four queries. Raises Http404."""
    column = ColumnPage.objects.live().filter(pk=column_id).first()
    if column is None:
        raise Http404
    visitor = AnonymousUser()
    # Whether a visitor may open the column itself is asked along with what is in it.
    asked = Page.objects.filter(Q(pk=column.pk) | held_in(column, visitor, kinds))
    is_own = Case(When(pk=column.pk, then=True), default=False, output_field=BooleanField())
    pages = visible_to(visitor, asked).annotate(is_own=is_own, **_facts(kinds))
    rows = list(pages.order_by("-is_own", *NEWEST_FIRST)[: LATEST + 1])
    if not rows or not rows[0].is_own:
        raise Http404
    return column, rows[1:]


def _facts(kinds: list[ColumnKind]) -> dict:
    """Columns of the kinds' own tables, so that no kind is asked for its pages one by one."""
    summaries = [F(f"{kind.model._meta.model_name}__summary") for kind in kinds]
    facts = {"feed_summary": Coalesce(*summaries, Value(""))}
    for kind in kinds:
        facts |= {f"feed_{name}": F(path) for name, path in kind.feed_facts.items()}
    return facts


def add_page(request, feed: SyndicationFeed, page: Page, kind: ColumnKind) -> None:
    feed.add_item(
        title=plain(page.title),
        link=page.full_url,
        description=plain(page.feed_summary),
        # By number as well: a corrected address is no new entry.
        unique_id=f"{request.get_host()}:{page.pk}",
        unique_id_is_permalink=False,
        pubdate=page.first_published_at,
        updateddate=page.last_published_at,
        enclosures=kind.enclose(request, page),
    )


def plain(text: str) -> str:
    return CONTROLS.sub("", text)


def version_of(column: ColumnPage, pages: list[Page], feed: SyndicationFeed) -> str:
    facts = [(column.title, column.summary, column.full_url)]
    facts += [
        (page.pk, page.title, page.feed_summary, page.full_url, page.last_published_at)
        for page in pages
    ]
    # A sound that is ready only now, or made anew: its page stays as it is.
    facts += [(each.url, each.length) for item in feed.items for each in item["enclosures"]]
    return f'"{crc32(repr(facts).encode()):x}"'
