"""The numbers of a cell, and how they are added up."""

from typing import NamedTuple

from learning.models import Standing


class Figures(NamedTuple):
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

    def plus(self, other: "Figures") -> "Figures":
        return Figures(*map(int.__add__, self, other))

    @classmethod
    def read(cls, standing: Standing | None, view: str) -> "Figures":
        """`view` is own or subtree; nothing where nothing has been counted yet."""
        if standing is None:
            return NOTHING
        return cls(*(getattr(standing, f"{view}_{name}") for name in NAMES))


NAMES = Figures._fields
OWN_COLUMNS = [f"own_{name}" for name in NAMES]
SUBTREE_COLUMNS = [f"subtree_{name}" for name in NAMES]
COLUMNS = [*OWN_COLUMNS, *SUBTREE_COLUMNS]
NOTHING = Figures()
# A row's own figures and those of its subtree, in the order of COLUMNS.
Cell = tuple[int, ...]
EMPTY: Cell = (*NOTHING, *NOTHING)
