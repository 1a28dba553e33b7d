"""The counts behind a federation's figures."""

from dataclasses import dataclass, fields

from learning.models import Standing


@dataclass(frozen=True)
class Counts:
    """Of one team, or of a whole subtree; the columns of Standing.

    score_bp  sum over the scored members of each one's mean best score, 10000 is a full one
    credit    hundredths of a 学时, altogether; below zero where corrections took back more
    """

    due: int = 0
    joined: int = 0
    completed: int = 0
    scored: int = 0
    score_bp: int = 0
    passed: int = 0
    excellent: int = 0
    credit: int = 0

    @classmethod
    def read(cls, standing: Standing | None, view: str) -> "Counts":
        """`view` is own or subtree; nothing where nothing has been counted yet."""
        if standing is None:
            return cls()
        return cls(*(getattr(standing, f"{view}_{name}") for name in COUNT_NAMES))


COUNT_NAMES = tuple(each.name for each in fields(Counts))
