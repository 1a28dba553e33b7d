"""The names that a reader may ask for by their sound: only those of pages that she may open."""

from functools import cache

from cms.access import visible_to
from cms.search.kinds import search_kinds
from cms.search.law_references import plain_name
from cms.search.lexicon import Lexicon
from cms.search.remembering import remember
from cms.search.words import domain_words

MOST_NAMES = 2000


@cache
def field_words() -> Lexicon:
    return Lexicon(domain_words())


def names_for(member) -> Lexicon:
    """The field's words first, then tags, then titles."""
    return field_words() + remember(member, "names", lambda: Lexicon(_read_names(member)))


def _read_names(member) -> list[str]:
    tags: dict[str, None] = {}
    titles: list[str] = []
    for kind in search_kinds():
        pages = visible_to(member, kind.model.objects.all()).order_by("-pk")
        if kind.has_tags:
            used = kind.model.tags.through.objects.filter(content_object__in=pages.order_by())
            tags |= dict.fromkeys(used.values_list("tag__name", flat=True).distinct()[:MOST_NAMES])
        if kind.is_named:
            titles += map(plain_name, pages.values_list("title", flat=True)[:MOST_NAMES])
    return [*tags, *titles]
