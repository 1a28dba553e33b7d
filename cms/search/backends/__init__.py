"""Wagtail's search backend, by the database: what `WAGTAILSEARCH_BACKENDS` names."""

from django.db import connection


def SearchBackend(params):
    # Each of these modules loads only on its own database: the library's index models differ.
    if connection.vendor == "postgresql":
        from cms.search.backends.postgresql import PostgreSQLBackend  # noqa: PLC0415

        return PostgreSQLBackend(params)
    from cms.search.backends.sqlite import SQLiteBackend  # noqa: PLC0415

    return SQLiteBackend(params)
