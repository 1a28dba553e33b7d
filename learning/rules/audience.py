"""Who is due in a plan. `learning.audience` says the same in SQL; a test holds them together."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Audience:
    """`path` is the tree path of the plan's federation; empty `levels` or `positions` take all."""

    path: str
    is_own_only: bool = False
    levels: frozenset[int] = frozenset()
    positions: frozenset[str] = frozenset()

    def reaches_team(self, *, path: str, level: int) -> bool:
        """Whether the team of the federation at `path` is asked at all."""
        is_within = path == self.path if self.is_own_only else path.startswith(self.path)
        return is_within and (not self.levels or level in self.levels)

    def reaches(self, *, path: str, level: int, position: str) -> bool:
        """Whether somebody is due who is counted at `path` in this position."""
        is_asked = not self.positions or position in self.positions
        return is_asked and self.reaches_team(path=path, level=level)
