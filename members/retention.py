"""How long what is kept: one table, shown to everybody and applied every night.

Each app adds its rules by the hook `retention_rules`, a function that returns them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail import hooks

HOOK = "retention_rules"


@dataclass(frozen=True)
class Rule:
    """`what`, `how_long` and `why` are read by members. `apply(now)` removes what is too old and
    returns how many rows that were; without it another nightly task does the same."""

    code: str
    what: Any
    how_long: Any
    why: Any
    apply: Callable[[datetime], int] | None = None


def all_rules() -> list[Rule]:
    """Those of the lower apps first."""
    return [rule for find in hooks.get_hooks(HOOK) for rule in find()]
