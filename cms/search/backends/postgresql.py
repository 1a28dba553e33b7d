"""Search on PostgreSQL: text search vectors without a language, ranked by ts_rank."""

from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connections, transaction
from django.db.models import TextField, Value
from modelsearch.backends.database.postgres import postgres as library
from modelsearch.backends.database.postgres.query import Lexeme
from modelsearch.query import Phrase, PlainText
from wagtail.models import Page

from cms.search.backends.common import Asked, TermIndex, TieredBackend, TieredResults
from cms.search.tokens import Term, query_tiers

ENTRIES = library.IndexEntry._meta.db_table
# Terms are words already: no stems, no stop words.
CONFIG = "simple"
# First the hits, alone: given the conditions too, the planner may think of another index than the
# one for texts, and read every vector. Ranks read vectors as well: last, for what is left.
HITS = f"""
    WITH hits AS MATERIALIZED (
        SELECT id, object_id, content_type_id FROM {ENTRIES}
        WHERE {{columns}} @@ to_tsquery('{CONFIG}', %s)
    ), e AS MATERIALIZED (SELECT e.id, e.object_id FROM hits e WHERE {{where}})
"""  # noqa: S608 names of tables
NEWEST = f"{HITS} SELECT object_id FROM e ORDER BY id DESC LIMIT %s"  # noqa: S608
RANKED = f"""
    {HITS} SELECT e.object_id FROM e JOIN {ENTRIES} USING (id), to_tsquery('{CONFIG}', %s) query
    ORDER BY {{rank}} DESC, id DESC
"""  # noqa: S608
# The planner takes reading all vectors to be cheaper than the index, which it is not, and a second
# process to be worth its start.
PLANNER = "SET LOCAL enable_seqscan = off; SET LOCAL max_parallel_workers_per_gather = 0"
# As the index of cms/migrations names it.
ALL_COLUMNS = "(title || body)"
# By how often, for the length of the text; a title counts four times.
RANK = "4 * ts_rank(title, query, 1) + ts_rank(body, query, 1)"
AUTOCOMPLETE_RANK = "ts_rank(autocomplete, query, 1)"


class Index(TermIndex, library.PostgresIndex):
    def column(self, terms: str) -> SearchVector:
        return SearchVector(Value(terms, output_field=TextField()), config=CONFIG)


class Rebuilder(library.PostgresSearchRebuilder):
    def finish(self):
        super().finish()
        with self.index.write_connection.cursor() as cursor:
            # Of the pages too: a search joins them, and believes what it knows of their number.
            cursor.execute(f"ANALYZE {ENTRIES}, {Page._meta.db_table}")


class TermCompiler:
    """Plain text and phrases as our terms; compound queries are put together by the library."""

    def build_tsquery_content(self, query, config=None, invert=False):
        if not isinstance(query, PlainText | Phrase):
            return super().build_tsquery_content(query, config, invert)
        tiers = query_tiers(query.query_string) or [[Term("〓")]]
        terms = tiers[-1]
        if self.LAST_TERM_IS_PREFIX:
            terms = [*terms[:-1], terms[-1]._replace(is_prefix=True)]
        lexemes = [Lexeme(term.text, invert=invert, prefix=term.is_prefix) for term in terms]
        is_or = getattr(query, "operator", "and") == "or"
        return SearchQuery(
            reduce(or_ if is_or else and_, lexemes), search_type="raw", config=CONFIG
        )


class QueryCompiler(TermCompiler, library.PostgresSearchQueryCompiler):
    pass


class AutocompleteCompiler(TermCompiler, library.PostgresAutocompleteQueryCompiler):
    pass


class Results(TieredResults, library.PostgresSearchResults):
    pass


class PostgreSQLBackend(TieredBackend, library.PostgresSearchBackend):
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    results_class = Results
    index_class = Index
    rebuilder_class = Rebuilder

    def newest(self, asked: Asked, limit: int, *, titles_only: bool = False) -> list[int]:
        columns = "title" if titles_only else _columns(asked)
        sql = NEWEST.format(columns=columns, where=asked.where)
        return self._fetch(sql, [_query(asked), *asked.params, limit])

    def ranked(self, asked: Asked) -> list[int]:
        rank = AUTOCOMPLETE_RANK if asked.is_autocomplete else RANK
        sql = RANKED.format(columns=_columns(asked), where=asked.where, rank=rank)
        return self._fetch(sql, [_query(asked), *asked.params, _query(asked)])

    def _fetch(self, sql: str, params: list) -> list[int]:
        using = library.IndexEntry.objects.db
        with transaction.atomic(using), connections[using].cursor() as cursor:
            cursor.execute(PLANNER)
            cursor.execute(sql, params)
            return [int(object_id) for (object_id,) in cursor.fetchall()]


def _query(asked: Asked) -> str:
    return " & ".join(map(_quote, asked.terms))


def _columns(asked: Asked) -> str:
    return "autocomplete" if asked.is_autocomplete else ALL_COLUMNS


def _quote(term: Term) -> str:
    """Terms hold letters, digits and characters only (cms.search.tokens)."""
    return f"'{term.text}':*" if term.is_prefix else f"'{term.text}'"
