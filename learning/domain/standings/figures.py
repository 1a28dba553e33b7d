"""The numbers of a cell, and how they are added up."""

from typing import NamedTuple


class Figures(NamedTuple):
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


NAMES = Figures._fields
OWN_COLUMNS = [f"own_{name}" for name in NAMES]
SUBTREE_COLUMNS = [f"subtree_{name}" for name in NAMES]
COLUMNS = [*OWN_COLUMNS, *SUBTREE_COLUMNS]
NOTHING = Figures()
# A row's own figures and those of its subtree, in the order of COLUMNS.
Cell = tuple[int, ...]
EMPTY: Cell = (*NOTHING, *NOTHING)
