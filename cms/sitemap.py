"""What search engines are told: the pages that a visitor may open, in parts, and what to leave."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.html import escape
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site, get_page_models
from wagtail.query import PageQuerySet

from cms.access import visible_to
from cms.addresses import absolute
from cms.page_cache.views import kept_for_visitors

# The protocol allows 50,000; this many are made and sent in a moment.
PAGES_IN_A_PART = 2000
# An index may name so many.
MOST_PARTS = 50_000
CLOSED = ("/admin/", "/accounts/", "/me/", "/search/", "/_util/")
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
def robots(request) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines.append(f"Sitemap: {absolute(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@kept_for_visitors
def index(request) -> HttpResponse:
    count = listed_pages(request).count()
    parts = range(1, max(1, -(-count // PAGES_IN_A_PART)) + 1)
    entries = (
        f"<sitemap><loc>{absolute(reverse('sitemap_part', args=[number]))}</loc></sitemap>"
        for number in parts
    )
    return to_xml("sitemapindex", entries)


@require_safe
@kept_for_visitors
def part(request, number: int) -> HttpResponse:
    """Raises Http404 beyond the last one."""
    if not 0 < number <= MOST_PARTS:
        raise Http404
    start = (number - 1) * PAGES_IN_A_PART
    rows = listed_pages(request).values_list("url_path", "last_published_at")
    shown = list(rows[start : start + PAGES_IN_A_PART])
    if not shown and number > 1:
        raise Http404
    root = Site.find_for_request(request).root_page.url_path
    return to_xml("urlset", list_addresses(shown, root))


def listed_pages(request) -> PageQuerySet:
    """Nobody's own: what a visitor may open, whoever asks."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    unlisted = [model for model in get_page_models() if not getattr(model, "is_in_sitemap", False)]
    kinds = ContentType.objects.get_for_models(*unlisted).values()
    below = Page.objects.descendant_of(site.root_page, inclusive=True)
    return visible_to(AnonymousUser(), below).exclude(content_type__in=kinds).order_by("path")


def list_addresses(rows: Iterable[tuple[str, datetime | None]], root: str) -> Iterator[str]:
    """No page of ours has a route of its own: its address is its place in the tree."""
    for url_path, changed in rows:
        address = escape(iri_to_uri(absolute(f"/{url_path.removeprefix(root)}")))
        moment = changed and localtime(changed).isoformat(timespec="seconds")
        day = f"<lastmod>{moment}</lastmod>" if moment else ""
        yield f"<url><loc>{address}</loc>{day}</url>"


def to_xml(name: str, entries: Iterable[str]) -> HttpResponse:
    lines = [f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{SCHEMA}">', *entries]
    return HttpResponse("\n".join([*lines, f"</{name}>\n"]), content_type="application/xml")
