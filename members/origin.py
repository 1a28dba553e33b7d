"""From where the running request comes, for who writes it down without knowing of requests."""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from members.models import Member


@dataclass(frozen=True)
class Origin:
    """All empty for what the clock or a command does; `member` is who asked, when she is known."""

    address: str = ""
    device: str = ""
    request_id: str = ""
    member: "Member | None" = None


_current: ContextVar[Callable[[], Origin]] = ContextVar("origin", default=Origin)


def current_origin() -> Origin:
    return _current.get()()


@contextmanager
def coming_from(origin: Callable[[], Origin]):
    """`origin` is asked when something is written down, not before: most requests write nothing."""
    token = _current.set(origin)
    try:
        yield
    finally:
        _current.reset(token)
