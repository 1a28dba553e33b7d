"""Redis as a cache that may go away: pages then take longer, and are still there."""

from functools import wraps

import structlog
from django.core.cache.backends.redis import RedisCache
from redis import RedisError

log = structlog.get_logger()


def spared(method, answer):
    """`method`, which answers with `answer` of its arguments while Redis cannot be asked."""

    @wraps(method)
    def call(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        except (OSError, RedisError) as error:
            log.warning("cache_unavailable", method=method.__name__, error=type(error).__name__)
            return answer(*args, **kwargs)

    return call


class SpareRedisCache(RedisCache):
    """Reads find nothing and writes are lost. `add` and `incr` still fail: limits and locks stand
    on them, and must not let anybody through because nobody counts."""

    get = spared(RedisCache.get, lambda _key, default=None, **_: default)
    get_many = spared(RedisCache.get_many, lambda *_args, **_: {})
    set = spared(RedisCache.set, lambda *_args, **_: None)
    set_many = spared(RedisCache.set_many, lambda *_args, **_: [])
    delete = spared(RedisCache.delete, lambda *_args, **_: False)
    delete_many = spared(RedisCache.delete_many, lambda *_args, **_: None)
    get_or_set = spared(
        RedisCache.get_or_set, lambda _key, value, *_, **__: value() if callable(value) else value
    )


class PageRedisCache(SpareRedisCache):
    """Nothing is guarded by whose turn it is to make a page: everybody makes her own."""

    add = spared(RedisCache.add, lambda *_args, **_: True)
