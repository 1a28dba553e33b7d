"""What a list of found pages shows: title and text with marks, where it is, where it leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from wagtail.models import Page

from cms.access import visible_to
from cms.passages import Passage
from cms.search.kinds import SearchKind, kind_of
from cms.search.leads import Lead
from cms.search.passage_choice import choose_passage
from cms.search.snippets import Needles, mark, snippet
from cms.search.tokens import query_words


@dataclass(frozen=True)
class Hit:
    """`label` is an article's number or a heading; `place` the title of the page above."""

    page_id: int
    title: SafeString
    url: str
    kind: SearchKind
    label: str
    text: SafeString
    place: str
    date: datetime | None


def make_hits(leads: Iterable[Lead], text: str, member) -> list[Hit]:
    """In the order of `leads`; pages that have gone since they were found are left out."""
    leads = list(leads)
    ids = [lead.page_id for lead in leads]
    found = visible_to(member, Page.objects.filter(pk__in=ids)).specific()
    pages = {page.pk: page for page in found}
    places = _places(pages.values())
    asked = Asked(text)
    shown = [(pages[lead.page_id], lead) for lead in leads if lead.page_id in pages]
    return [asked.hit(page, lead.passage, places.get(_above(page), "")) for page, lead in shown]


def _above(page: Page) -> str:
    return page.path[: -page.steplen]


def _places(pages: Iterable[Page]) -> dict[str, str]:
    """Titles of the pages above that are live, by path."""
    paths = {_above(page) for page in pages}
    return dict(Page.objects.live().filter(path__in=paths).values_list("path", "title"))


class Asked:
    """The query, as it is looked for in one page after the other."""

    def __init__(self, text: str):
        self.text, self.words = text, query_words(text)
        self.needles = Needles.of(text, self.words)

    def hit(self, page: Page, passage: Passage | None, place: str) -> Hit:
        kind = kind_of(page)
        if passage is None:
            passage = self._choose(page, kind)
        leads_to_passage = kind.is_reference and passage.anchor
        return Hit(
            page_id=page.pk,
            title=mark(page.title, self.needles),
            url=f"{page.url}#{passage.anchor}" if leads_to_passage else page.url,
            kind=kind,
            label=passage.label if leads_to_passage else "",
            text=snippet(passage.text, self.needles),
            place=place,
            date=page.first_published_at if kind.shows_date else None,
        )

    def _choose(self, page: Page, kind: SearchKind) -> Passage:
        """The summary, if it holds the query or nothing is looked for; else the best passage."""
        summary = Passage("", "", page.summary)
        if not self.text or self.needles.spans(page.summary):
            return summary
        choice = choose_passage(kind.read_passages(page), self.text, self.words)
        return choice.passage if choice else summary
