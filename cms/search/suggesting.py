"""What may be meant, while it is being typed: names, articles of laws, titles."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.search.finding import Wish, wished_pages
from cms.search.kinds import search_kinds
from cms.search.leads import find_article
from cms.search.names import names_for
from cms.search.pinyin import read_pinyin
from cms.search.tokens import runs

MOST_NAMES, MOST_TITLES, SHORTEST_LETTERS = 4, 5, 2


@dataclass(frozen=True)
class Suggestion:
    """Leads to a page or, with the icon of a search, to the hits for `text`."""

    text: str
    url: str
    icon: str = "search"
    label: str = ""


def suggest(typed: str, member) -> list[Suggestion]:
    said = "".join(runs(typed))
    if not said or (said.isascii() and len(said) < SHORTEST_LETTERS):
        return []
    pages = wished_pages(Wish(typed), member)
    titles = _titles(read_pinyin(typed) or typed, pages)
    return [*_article(typed, pages), *_names(typed, member), *titles]


def _article(typed: str, pages) -> list[Suggestion]:
    lead = find_article(typed, [kind for kind in search_kinds() if kind.is_reference], pages)
    if lead is None:
        return []
    page = pages.get(pk=lead.page_id)
    text = f"{page.title} {lead.passage.label}"
    return [Suggestion(text, f"{page.url}#{lead.passage.anchor}", "scale")]


def _names(typed: str, member) -> list[Suggestion]:
    names = names_for(member).complete(typed, MOST_NAMES)
    url = reverse("search")
    return [Suggestion(name, f"{url}?{urlencode({'q': name})}") for name in names]


def _titles(typed: str, pages) -> list[Suggestion]:
    ids = get_search_backend().find(typed, pages, is_autocomplete=True)[:MOST_TITLES]
    kinds = {kind.content_type_id: kind for kind in search_kinds()}
    found = {page.pk: page for page in Page.objects.filter(pk__in=ids)}
    shown = [(found[pk], kinds[found[pk].content_type_id]) for pk in ids if pk in found]
    return [Suggestion(page.title, page.url, kind.icon, kind.label) for page, kind in shown]
