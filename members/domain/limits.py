"""How often something may be done for a phone or from an address; counted in the cache, which all
workers share."""

import math
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils.crypto import salted_hmac

DAY = 24 * 60 * 60


class LimitReached(Exception):
    """The limit is used up; `wait` is the time in seconds until it is free again."""

    def __init__(self, limit: "Limit", wait: int):
        super().__init__(limit.name)
        self.limit = limit
        self.wait = wait


@dataclass(frozen=True)
class Limit:
    """`amount` uses within `seconds` of the first."""

    name: str
    amount: int
    seconds: int

    def take(self, subject: str, *, now: datetime) -> int:
        """Count one use and return how many are left.

        Counting comes first and is atomic, so parallel requests cannot slip through. Raises
        LimitReached when none was left.
        """
        window = self._window(subject)
        ends = self._open(window, now)
        used = _count_up(f"{window}:{ends}", timeout=self.seconds)
        self._refuse_past(self.amount, used, ends, now)
        return self.amount - used

    def require_left(self, subject: str, *, now: datetime) -> None:
        """Raise LimitReached when nothing is left; counts nothing."""
        window = self._window(subject)
        ends = cache.get(window, default=0)
        if ends > _milliseconds(now):
            self._refuse_past(self.amount - 1, cache.get(f"{window}:{ends}", default=0), ends, now)

    def give_back(self, subject: str, *, now: datetime) -> None:
        """Take one use back, if its window is still open."""
        window = self._window(subject)
        ends = cache.get(window, default=0)
        if ends > _milliseconds(now):
            _count_down(f"{window}:{ends}")

    def clear(self, subject: str) -> None:
        window = self._window(subject)
        cache.delete_many([window, f"{window}:{cache.get(window)}"])

    def _refuse_past(self, amount: int, used: int, ends: int, now: datetime) -> None:
        if used > amount:
            raise LimitReached(self, wait=math.ceil((ends - _milliseconds(now)) / 1000))

    def _window(self, subject: str) -> str:
        return f"limit:{self.name}:{fingerprint(subject)}"

    def _open(self, window: str, now: datetime) -> int:
        """The end of the running window in milliseconds; begins one when none is running."""
        fresh = _milliseconds(now) + self.seconds * 1000
        if cache.add(window, fresh, timeout=self.seconds):
            return fresh
        running = cache.get(window, default=0)
        if running > _milliseconds(now):
            return running
        cache.set(window, fresh, timeout=self.seconds)
        return fresh


def fingerprint(subject: str) -> str:
    """What stands for a phone or an address in the cache's keys."""
    return salted_hmac("members.phone", subject, algorithm="sha256").hexdigest()


def _count_up(key: str, *, timeout: int) -> int:
    cache.add(key, 0, timeout=timeout)
    return cache.incr(key)


def _count_down(key: str) -> None:
    if cache.get(key, default=0) > 0:
        try:
            cache.decr(key)
        except ValueError:  # the window closed meanwhile
            return


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
