"""Search on SQLite: FTS5, ranked by its own bm25."""

from functools import reduce
from operator import and_, or_

from django.db import connections
from modelsearch.backends.database.sqlite import sqlite as library
from modelsearch.backends.database.sqlite.query import Lexeme, SearchQueryExpression
from modelsearch.query import Phrase, PlainText

from cms.search.backends.common import Asked, TermIndex, TieredBackend, TieredResults
from cms.search.tokens import Term, query_tiers

ENTRIES = library.IndexEntry._meta.db_table
FTS = library.SQLiteFTSIndexEntry._meta.db_table
# The columns of the FTS table: autocomplete, body, title.
RANK = f"bm25({FTS}, 1, 1, 6)"
MATCH = f"""
    SELECT e.object_id FROM {FTS} CROSS JOIN {ENTRIES} e ON e.id = {FTS}.rowid
    WHERE {FTS} MATCH %s AND {{where}} ORDER BY {{order}} LIMIT %s
"""  # noqa: S608 names of tables


class Index(TermIndex, library.SQLiteIndex):
    def column(self, terms: str) -> str:
        return terms


class Rebuilder(library.SQLiteSearchRebuilder):
    def finish(self):
        """Without statistics SQLite reads every entry for a search."""
        super().finish()
        with self.index.write_connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {FTS}({FTS}) VALUES ('optimize')")  # noqa: S608
            cursor.execute(f"ANALYZE {ENTRIES}")


class TermCompiler:
    """Plain text and phrases as our terms; compound queries are put together by the library."""

    def build_search_query_content(self, query, config=None):
        if not isinstance(query, PlainText | Phrase):
            return super().build_search_query_content(query, config)
        tiers = query_tiers(query.query_string)
        if not tiers:
            return SearchQueryExpression(Lexeme("〓"), config=config)
        lexemes = [Lexeme(term.text, prefix=term.is_prefix) for term in tiers[-1]]
        if self.LAST_TERM_IS_PREFIX:
            lexemes[-1].prefix = True
        is_or = getattr(query, "operator", "and") == "or"
        return SearchQueryExpression(reduce(or_ if is_or else and_, lexemes), config=config)


class QueryCompiler(TermCompiler, library.SQLiteSearchQueryCompiler):
    pass


class AutocompleteCompiler(TermCompiler, library.SQLiteAutocompleteQueryCompiler):
    pass


class Results(TieredResults, library.SQLiteSearchResults):
    pass


class SQLiteBackend(TieredBackend, library.SQLiteSearchBackend):
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    results_class = Results
    index_class = Index
    rebuilder_class = Rebuilder

    def newest(self, asked: Asked, limit: int, *, titles_only: bool = False) -> list[int]:
        columns = "title" if titles_only else _columns(asked)
        return self._fetch(asked, columns, f"{FTS}.rowid DESC", limit)

    def ranked(self, asked: Asked) -> list[int]:
        return self._fetch(asked, _columns(asked), f"{RANK}, e.id DESC", -1)

    def _fetch(self, asked: Asked, columns: str, order: str, limit: int) -> list[int]:
        sql = MATCH.format(where=asked.where, order=order)
        match = f"{{{columns}}} : ({' AND '.join(map(_quote, asked.terms))})"
        connection = connections[library.IndexEntry.objects.db]
        with connection.cursor() as cursor:
            cursor.execute(sql, [match, *asked.params, limit])
            return [int(object_id) for (object_id,) in cursor.fetchall()]


def _columns(asked: Asked) -> str:
    return "autocomplete" if asked.is_autocomplete else "title body"


def _quote(term: Term) -> str:
    """Terms hold letters, digits and characters only (cms.search.tokens)."""
    return f'"{term.text}"*' if term.is_prefix else f'"{term.text}"'
