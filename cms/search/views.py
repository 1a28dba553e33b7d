"""The search page and what it offers while one types."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.columns import live_columns
from cms.domain.search_misses import record_miss
from cms.search import offers
from cms.search.finding import Findings, Wish, find
from cms.search.forms import SearchForm
from cms.search.hits import make_hits
from cms.search.leads import Lead
from cms.search.suggesting import suggest

HITS_PER_PAGE = 10


@require_safe
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET, member=request.user)
    wish = form.wish
    context = {"form": form, "wish": wish, "typed": request.GET.get("q", "")}
    context |= _results(request, wish) if wish else {"columns": live_columns(request.user)}
    return render(request, "pages/search/search.html", context)


def _results(request: HttpRequest, wish: Wish) -> dict:
    findings = find(wish, request.user)
    whole = find(wish.without_filters(), request.user) if wish.is_filtered else findings
    if not whole.count:
        if wish.text:
            record_miss(text=wish.text, now=timezone.now())
        return {"ways_on": offers.offer_ways_on(wish, request.user)}
    return _list(request, wish, findings) | {
        "findings": findings,
        "kinds": offers.offer_kinds(wish, whole, request.user),
        "column_choices": offers.offer_columns(wish, request.user),
        "tag_choices": offers.offer_tags(wish, whole, request.user),
        "unfiltered_url": offers.search_url(wish.without_filters()),
    }


def _list(request: HttpRequest, wish: Wish, findings: Findings) -> dict:
    """One page of hits; the leads stand above the first."""
    shown = Paginator(findings.ids, HITS_PER_PAGE).get_page(request.GET.get("p"))
    leads = findings.leads if shown.number == 1 else []
    below = [Lead(page_id) for page_id in shown.object_list]
    text = findings.read_as or wish.text
    hits = make_hits([*leads, *below], text, request.user)
    above = {lead.page_id for lead in leads}
    return {
        "leads": [hit for hit in hits if hit.page_id in above],
        "hits": [hit for hit in hits if hit.page_id not in above],
        "page_obj": shown,
        "query": offers.search_url(wish).removeprefix("?"),
    }


@require_safe
@never_cache
def suggestions(request: HttpRequest) -> HttpResponse:
    """A fragment for static/js/search.js."""
    form = SearchForm({"q": request.GET.get("q", "")}, member=request.user)
    wish = form.wish
    found = suggest(wish.text, request.user) if wish else []
    return render(request, "pages/search/_suggestions.html", {"suggestions": found})
