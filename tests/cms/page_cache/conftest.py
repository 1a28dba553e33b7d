"""A site whose pages are kept for visitors, in whatever cache the tests run on."""

import pytest
from django.core.cache import caches

from cms.models import ArticlePage, ColumnIndexPage, ColumnPage


@pytest.fixture
def page_cache(settings):
    """Local memory, or the Redis of REDIS_URL as production uses it."""
    default = settings.CACHES["default"]
    if "LOCATION" in default:
        own = {"BACKEND": "config.caches.PageRedisCache", "LOCATION": default["LOCATION"]}
    else:
        own = {"BACKEND": default["BACKEND"]}
    settings.CACHES = {**settings.CACHES, "pages": {**own, "KEY_PREFIX": "pages"}}
    for alias in ("default", "pages"):
        caches[alias].clear()
    return caches["pages"]


@pytest.fixture
def column(home) -> ColumnPage:
    index = home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    return index.add_child(instance=ColumnPage(title="维权普法", slug="law"))


@pytest.fixture
def article(column) -> ArticlePage:
    return column.add_child(
        instance=ArticlePage(title="保护令", slug="order", body=[("heading", "开头")])
    )
