"""Finding the page of an address with one look instead of one for each level above it."""

from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail import views
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from cms.page_cache.views import kept_for_visitors
from members.prepared import Prepared


@kept_for_visitors
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view, which need not walk down the tree for a page that stands at `path`.

    No page of ours has a `route` of its own, so an address is its place in the tree. Whatever is
    not found is left to Wagtail, which answers with 404.
    """
    site = _find_site(request)
    if site is not None:
        page = _page_at(f"{site.root_page.url_path}{path}")
        if page is not None:
            # Where Wagtail keeps what it has found for a request.
            request._wagtail_route_for_request = RouteResult(page)
    return views.serve(request, path)


def _find_site(request: HttpRequest) -> Site | None:
    """As Wagtail finds it; where there is only one, whatever the host is called."""
    sites = _SITES.instances()
    if len(sites) == 1 and sites[0].is_default_site:
        # Where Wagtail keeps it for the rest of the request.
        request._wagtail_site = sites[0]
    return Site.find_for_request(request)


_SITES = Prepared(lambda: Site.objects.select_related("root_page"))


def _kinds_at(url_path: str) -> QuerySet:
    return Page.objects.live().filter(url_path=url_path).values_list("pk", "content_type")


_KINDS_AT = Prepared(_kinds_at, url_path=str)


def _page_at(url_path: str) -> Page | None:
    for pk, content_type in _KINDS_AT.rows(url_path=url_path):
        model = ContentType.objects.get_for_id(content_type).model_class()
        found = _one_of(model).instances(page=pk) if model else []
        return found[0] if found else None
    return None


@cache
def _one_of(model: type[Page]) -> Prepared:
    return Prepared(lambda page: model.objects.filter(pk=page).order_by(), page=int)
