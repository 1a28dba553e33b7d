"""What stands above all hits: the law that is named, its article, the passage that is about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search.backends import get_search_backend

from cms.passages import Passage
from cms.search.backends.common import MOST
from cms.search.kinds import SearchKind
from cms.search.law_references import pick_law, plain_name, read_reference
from cms.search.passage_choice import Fit, choose_passage
from cms.search.tokens import query_words

MOST_LEADS, LOOKED_AT = 3, 6
# Laws are long and asked for again and again: their passages stay in the process.
MOST_KEPT = 60
_kept: dict[tuple[int, datetime], list[Passage]] = {}


@dataclass(frozen=True)
class Lead:
    """Without a passage it is the page itself, because its title is what was looked for."""

    page_id: int
    passage: Passage | None = None


def find_leads(
    text: str, kinds: Iterable[SearchKind], pages: PageQuerySet, found: list[int]
) -> list[Lead]:
    """Of `pages`. `found` are those that hold `text`, `MOST` at most."""
    kinds = [kind for kind in kinds if kind.is_reference]
    if article := find_article(text, kinds, pages):
        return [article]
    if len(text) < 2:
        return []
    ranked = [lead for kind in kinds for lead in _rank(text, kind, pages, found)]
    ranked.sort(key=lambda pair: pair[0])
    return [lead for _order, lead in ranked[:MOST_LEADS]]


def find_article(text: str, kinds: Iterable[SearchKind], pages: PageQuerySet) -> Lead | None:
    """The article of a law that `text` names: 反家暴法 23条."""
    reference = read_reference(text)
    if reference is None:
        return None
    for kind in kinds:
        law = pick_law(reference.law, _of_kind(kind, pages).values_list("pk", "title"))
        passages = kind.read_passages(kind.model.objects.get(pk=law)) if law else []
        for passage in passages:
            if passage.anchor == reference.anchor:
                return Lead(law, passage)
    return None


def _of_kind(kind: SearchKind, pages: PageQuerySet) -> PageQuerySet:
    return pages.filter(content_type=kind.content_type_id)


def _rank(text: str, kind: SearchKind, pages: PageQuerySet, found: list[int]):
    """Pairs of an order and a lead."""
    words = query_words(text)
    looked_at = list(_look_at(text, kind, pages, found))
    passages = _read_passages(kind, looked_at)
    for page in looked_at:
        title = plain_name(page.title)
        if plain_name(text) in title:
            yield (-1, len(title)), Lead(page.pk)
            continue
        choice = choose_passage(passages[page.pk], text, words)
        if choice and choice.fit <= Fit.ALL_WORDS:
            yield choice.order, Lead(page.pk, choice.passage)


def _look_at(text: str, kind: SearchKind, pages: PageQuerySet, found: list[int]) -> Iterable[Page]:
    """Those that fit best, without their texts."""
    of_kind = _of_kind(kind, pages)
    if len(found) < MOST:
        here = set(of_kind.filter(pk__in=found).values_list("pk", flat=True))
        ids = [pk for pk in found if pk in here]
    else:
        types = [kind.content_type_id]
        ids = get_search_backend().find_best(text, of_kind, LOOKED_AT, types)
    return of_kind.filter(pk__in=ids[:LOOKED_AT])


def _read_passages(kind: SearchKind, pages: list[Page]) -> dict[int, list[Passage]]:
    """Their passages by id; texts that were published since are read, in one query for all."""
    versions = {page.pk: (page.pk, page.last_published_at) for page in pages}
    # Once for each: another thread may clear them in between.
    looked_up = {pk: _kept.get(version) for pk, version in versions.items()}
    kept = {pk: passages for pk, passages in looked_up.items() if passages is not None}
    missing = versions.keys() - kept.keys()
    texts = kind.model.objects.filter(pk__in=missing) if missing else []
    read = {page.pk: kind.read_passages(page) for page in texts}
    if len(_kept) + len(read) > MOST_KEPT:
        _kept.clear()
    # What was never published by a revision has no version.
    _kept.update({versions[pk]: each for pk, each in read.items() if versions[pk][1]})
    return kept | read
