"""What the backends of both databases share: index terms, tiers, and when to stop looking.

A query goes through the index in tiers (cms.search.tokens). Each tier is ranked by how well it fits
if few enough pages hold its terms; a word that is everywhere says little about any of them, so then
the newest come first, those with the word in their title before the others.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from modelsearch.query import PlainText
from modelsearch.utils import get_content_type_pk, get_descendants_content_types_pks

from cms.search.extracting import read_terms
from cms.search.tokens import Term, query_tiers

# So many are ranked; whoever needs more than the best of 500 asks with another word.
RANKED, MOST = 300, 500

Types = Sequence[int] | None


@dataclass(frozen=True)
class Asked:
    """A tier's terms and where they may be found. `where` is SQL about the index entry `e`."""

    terms: list[Term]
    where: str
    params: tuple
    is_autocomplete: bool


class TermIndex:
    """Of a library's Index: our terms instead of whole texts, in one statement for all objects."""

    def add_items(self, model, objs):
        content_type = get_content_type_pk(model)
        entries = [self.make_entry(content_type, obj) for obj in objs]
        self.entries.bulk_create(
            entries,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "autocomplete", "body"],
        )

    def make_entry(self, content_type: int, obj: Model):
        terms = read_terms(obj)
        return self.entries.model(
            content_type_id=content_type,
            object_id=str(obj.pk),
            title=self.column(terms.title),
            autocomplete=self.column(terms.completions),
            body=self.column(terms.body),
        )

    def column(self, terms: str):
        """The value of an entry's column."""
        raise NotImplementedError

    def _refresh_title_norms(self, full=False):
        """Norms are not used for ranking here, and took a scan of all entries at every save."""


class TieredResults:
    """Of a library's SearchResults: plain searches by relevance go through the tiers; whatever else
    is asked (an order, facets, scores, compound queries) is the library's work, with our terms."""

    def _goes_by_tiers(self) -> bool:
        compiler = self.query_compiler
        query = compiler.query
        is_plain = isinstance(query, PlainText) and query.operator == "and"
        is_special = compiler.fields or self._score_field or not compiler.order_by_relevance
        return is_plain and not is_special

    def _ids(self) -> list[int]:
        compiler = self.query_compiler
        return self.backend.find(
            compiler.query.query_string,
            compiler.queryset,
            is_autocomplete=compiler.LAST_TERM_IS_PREFIX,
        )

    def _do_search(self):
        if not self._goes_by_tiers():
            return super()._do_search()
        ids = self._ids()[self.start : self.stop]
        found = self.query_compiler.queryset.order_by().in_bulk(ids)
        return [found[each] for each in ids if each in found]

    def _do_count(self):
        return len(self._ids()) if self._goes_by_tiers() else super()._do_count()


class TieredBackend:
    """Of a library's SearchBackend. Subclasses say how to ask their database."""

    def find(
        self, query: str, queryset: QuerySet, *, is_autocomplete=False, types: Types = None
    ) -> list[int]:
        """Ids of `queryset` that hold the query's terms, the best first, `MOST` at most.

        `types` are its content types, if they are known; they save asking for each hit.
        """
        found: dict[int, None] = {}
        for asked in self._ask(query, queryset, is_autocomplete, types):
            if len(found) < MOST:
                found |= dict.fromkeys(self._find_tier(asked))
        return list(islice(found, MOST))

    def find_best(self, query: str, queryset: QuerySet, limit: int, types: Types) -> list[int]:
        """As `find`, where few pages are searched: all hits are ranked, in one go."""
        found: dict[int, None] = {}
        for asked in self._ask(query, queryset, False, types):
            if len(found) < limit:
                found |= dict.fromkeys(self.ranked(asked))
        return list(islice(found, limit))

    def _ask(self, query: str, queryset, is_autocomplete: bool, types: Types) -> Iterator[Asked]:
        types = types or get_descendants_content_types_pks(queryset.model)
        try:
            sql, params = _exists(queryset)
        except EmptyResultSet:
            return
        where = f"e.content_type_id IN ({','.join(map(str, types))}) AND {sql}"
        for terms in query_tiers(query):
            if is_autocomplete:
                terms[-1] = terms[-1]._replace(is_prefix=True)
            yield Asked(terms, where, params, is_autocomplete)

    def _find_tier(self, asked: Asked) -> Iterable[int]:
        newest = self.newest(asked, MOST)
        if len(newest) <= RANKED:
            return self.ranked(asked)
        if asked.is_autocomplete:
            return newest
        return [*self.newest(asked, MOST, titles_only=True), *newest]

    def newest(self, asked: Asked, limit: int, *, titles_only: bool = False) -> list[int]:
        raise NotImplementedError

    def ranked(self, asked: Asked) -> list[int]:
        raise NotImplementedError


def _exists(queryset: QuerySet) -> tuple[str, tuple]:
    """The queryset's own conditions, asked of one index entry: the search may stop early."""
    entry = RawSQL("CAST(e.object_id AS integer)", ())
    rows = queryset.order_by().filter(pk=entry).values("pk")
    sql, params = rows.query.get_compiler(queryset.db).as_sql()
    return f"EXISTS ({sql})", params
