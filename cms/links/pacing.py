"""One host is not asked twice within a second."""

from collections.abc import Callable
from time import monotonic, sleep

GAP_SECONDS = 1.0


class Pacer:
    """Remembers when each host was asked last, for as long as one run takes."""

    def __init__(
        self,
        gap: float = GAP_SECONDS,
        clock: Callable[[], float] = monotonic,
        rest: Callable[[float], None] = sleep,
    ):
        self.gap, self.clock, self.rest = gap, clock, rest
        self.asked_at: dict[str, float] = {}

    def wait_for(self, host: str) -> None:
        last = self.asked_at.get(host)
        if last is not None and (left := last + self.gap - self.clock()) > 0:
            self.rest(left)
        self.asked_at[host] = self.clock()
