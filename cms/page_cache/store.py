"""The kept pages: entries that are good for one version of the site's content."""

import time
import zlib
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, NamedTuple

from django.core.cache import caches
from django.http import HttpResponse

VERSION_KEY = "pages:version"
# Greetings and schedules change by the clock, so no page is older than a minute. For the last ten
# seconds it is shown while one request makes the next.
KEPT_SECONDS, FRESH_SECONDS = 60, 50
# Longer than a page takes to be made; after that somebody else tries.
CLAIM_SECONDS = 10
LONGEST_WAIT, PAUSE = 2.0, 0.01


class Entry(NamedTuple):
    """A page as it is sent; `packed` is its compressed body, `digest` stands for it."""

    version: int
    made_at: float
    digest: str
    headers: list[tuple[str, str]]
    packed: bytes

    @property
    def is_fresh(self) -> bool:
        return time.time() - self.made_at < FRESH_SECONDS

    def to_response(self) -> HttpResponse:
        return HttpResponse(zlib.decompress(self.packed), headers=dict(self.headers))


class Slot:
    """The place of one page in the cache, for one request.

    Content that changes while a page is being made raises the version: the page is then kept under
    the version that it began with, and never shown.
    """

    def __init__(self, key: str):
        self._key, self._claim_key = key, f"{key}:claim"
        self.is_claimed = False
        self.version, self.entry = self._read()

    def _read(self) -> tuple[int, Entry | None]:
        version, entry = _read(self._key)
        return version, entry if entry and entry.version == version else None

    def claim(self) -> bool:
        """Whether this request is the one that makes the page."""
        self.is_claimed = _cache().add(self._claim_key, 1, CLAIM_SECONDS)
        return self.is_claimed

    def release(self) -> None:
        if self.is_claimed:
            _cache().delete(self._claim_key)

    def made_by_another(self) -> Entry | None:
        """The page that somebody else just made or is making; None leaves it to this request."""
        return self._look_again() if self.claim() else self._wait()

    def _look_again(self) -> Entry | None:
        # Whoever had the claim may have finished since this request first looked.
        self.version, entry = self._read()
        return entry

    def _wait(self) -> Entry | None:
        until = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < until:
            time.sleep(PAUSE)
            is_in_work = _cache().get(self._claim_key)
            entry = self._look_again()
            if entry or not is_in_work:
                return entry
        return None

    def keep(self, response: HttpResponse) -> Entry:
        entry = Entry(
            version=self.version,
            made_at=time.time(),
            digest=blake2b(response.content, digest_size=12).hexdigest(),
            headers=list(response.items()),
            packed=zlib.compress(response.content, 3),
        )
        _cache().set(self._key, entry, KEPT_SECONDS)
        return entry


def remember(key: str, make: Callable[[], Any]) -> Any:
    """What `make` returns, or returned within the last minute if no content has changed since: for
    a part of a page that many people share whose pages differ otherwise."""
    version, held = _read(key)
    if held and held[0] == version:
        return held[1]
    made = make()
    _cache().set(key, (version, made), KEPT_SECONDS)
    return made


def raise_version() -> None:
    """No page that was kept or begun until now is shown again."""
    _cache().set(VERSION_KEY, time.time_ns(), None)


def _read(key: str) -> tuple[int, Any]:
    """The present version, and what is kept under `key`, of whatever version."""
    found = _cache().get_many([VERSION_KEY, key])
    version = found.get(VERSION_KEY)
    if version is None:
        _cache().add(VERSION_KEY, time.time_ns(), None)
        version = _cache().get(VERSION_KEY, 0)
    return version, found.get(key)


def _cache():
    return caches["pages"]
