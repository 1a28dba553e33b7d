"""When what visitors see has changed."""

from django.core.cache import cache
from django.db import transaction

from cms.chrome import SECTIONS_CACHE_KEY
from cms.page_cache.store import raise_version
from cms.queries import COUNTS_CACHE_KEYS
from cms.share_context import PATHS_CACHE_KEY


def forget_pages() -> None:
    """Pages kept for visitors are made anew from the commit on.

    For whatever shows on pages and is not published with them; publishing does it by itself.
    """
    transaction.on_commit(_forget)


def _forget() -> None:
    cache.delete_many([SECTIONS_CACHE_KEY, PATHS_CACHE_KEY, *COUNTS_CACHE_KEYS.values()])
    raise_version()
