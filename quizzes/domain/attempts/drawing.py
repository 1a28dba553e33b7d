"""Drawing: which versions are asked. The same pools, memory and seed give the same questions."""

from collections.abc import Sequence
from random import Random

from quizzes.domain.attempts.pools import Pool


class TooFewQuestions(Exception):
    """The pools do not hold enough different questions."""


def draw(
    *, pools: Sequence[Pool], seen: Sequence[Sequence[int]], rng: Random
) -> list[tuple[int, int]]:
    """(version id, points) in the order of the pools; no version twice.

    `seen` holds the versions of her last attempts, newest first: what is not in there comes
    first, then what was seen longest ago. Raises TooFewQuestions.
    """
    drawing = _Drawing(pools, seen, rng)
    # The narrowest first, so that a wide pool does not take what another one needs.
    for number in sorted(range(len(pools)), key=lambda n: (len(pools[n].ids), n)):
        drawing.fill(number)
    return [
        (version_id, pool.points)
        for number, pool in enumerate(pools)
        for version_id in drawing.chosen[number]
    ]


class _Drawing:
    def __init__(self, pools: Sequence[Pool], seen: Sequence[Sequence[int]], rng: Random) -> None:
        self.pools, self.rng = pools, rng
        # How long ago: 0 is her last attempt.
        self.age = {pk: age for age, ids in reversed(list(enumerate(seen))) for pk in ids}
        self.chosen: list[list[int]] = [[] for _ in pools]
        self.owner: dict[int, int] = {}

    def fill(self, number: int) -> None:
        wanted = self.pools[number].count
        for version_id in self._pick_free(number, wanted):
            self._take(number, version_id)
        while len(self.chosen[number]) < wanted:
            self._take(number, self._release(number, {number}))

    def _take(self, number: int, version_id: int) -> None:
        self.owner[version_id] = number
        self.chosen[number].append(version_id)

    def _pick_free(self, number: int, wanted: int) -> list[int]:
        free = [pk for pk in self.pools[number].ids if pk not in self.owner]
        fresh = [pk for pk in free if pk not in self.age]
        if len(fresh) >= wanted:
            return self.rng.sample(fresh, wanted)
        known = [pk for pk in free if pk in self.age]
        self.rng.shuffle(known)
        known.sort(key=lambda pk: -self.age[pk])
        self.rng.shuffle(fresh)
        return fresh + known[: wanted - len(fresh)]

    def _release(self, number: int, asked: set[int]) -> int:
        """A version for the pool, freed by letting other pools take another one instead."""
        if free := self._pick_free(number, 1):
            return free[0]
        for version_id in self.pools[number].ids:
            other = self.owner[version_id]
            if other in asked:
                continue
            asked.add(other)
            try:
                instead = self._release(other, asked)
            except TooFewQuestions:
                continue
            place = self.chosen[other].index(version_id)
            self.chosen[other][place] = instead
            self.owner[instead] = other
            return version_id
        raise TooFewQuestions
