"""Counting queries: a list must take as many for 30 rows as for one."""

from django.core.cache import cache
from django.db import connection
from django.shortcuts import resolve_url
from django.test.utils import CaptureQueriesContext


def count_queries(client, to: str, query: str = "") -> int:
    """Queries of a GET of a URL or URL name that ends in 200, with a cold cache.

    A first visit warms what lives as long as the process (content types, sites).
    """
    url = resolve_url(to) + query
    client.get(url)
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured)
