"""The numbers of a cell, and how they are added up."""

from dataclasses import astuple, dataclass


@dataclass(frozen=True)
class Figures:
    due: int = 0
    joined: int = 0
    completed: int = 0
    scored: int = 0
    score_bp: int = 0
    passed: int = 0
    excellent: int = 0
    credit: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def as_columns(self, prefix: str) -> dict[str, int]:
        """Standing's columns, e.g. own_due, own_joined, …"""
        return {f"{prefix}_{name}": value for name, value in vars(self).items()}


NAMES = tuple(Figures.__dataclass_fields__)
OWN_COLUMNS = [f"own_{name}" for name in NAMES]
SUBTREE_COLUMNS = [f"subtree_{name}" for name in NAMES]


def read_figures(standing, prefix: str) -> Figures:
    return Figures(*(getattr(standing, f"{prefix}_{name}") for name in NAMES))
