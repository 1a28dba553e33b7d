"""Redis may be away: what only saves time is done without, what guards is not."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from redis import RedisError

from cms.models import ColumnIndexPage

AWAY = {"LOCATION": "redis://127.0.0.1:1/0"}


@pytest.fixture
def without_redis(settings):
    settings.CACHES = {
        "default": {"BACKEND": "config.caches.SpareRedisCache", **AWAY},
        "pages": {"BACKEND": "config.caches.PageRedisCache", **AWAY},
    }


@pytest.mark.usefixtures("without_redis")
def test_reads_find_nothing_and_writes_are_lost():
    cache = caches["default"]
    cache.set("a", 1)

    assert (cache.get("a"), cache.get("a", 2), cache.get_many(["a"])) == (None, 2, {})


@pytest.mark.usefixtures("without_redis")
@pytest.mark.parametrize("count", [lambda c: c.add("a", 1), lambda c: c.incr("a")])
def test_limits_let_nobody_through_uncounted(count):
    with pytest.raises(RedisError):
        count(caches["default"])


@pytest.mark.usefixtures("without_redis")
def test_readyz_says_that_redis_is_away(client, db):
    assert client.get("/readyz").json()["reason"] == "cache: ConnectionError"


@pytest.mark.usefixtures("without_redis")
def test_visitors_pages_are_made_without_redis(client, home):
    column = home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    with CaptureQueriesContext(connection) as captured:
        answers = [client.get(page.url).status_code for page in (home, column)]

    assert (answers, bool(captured)) == ([200, 200], True)
