"""How the answers to one wording of a question are distributed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from .moments import central_moment, is_constant, mean
from .sample import ItemSample

# Kelley (1939): the outer 27 % tell most about how well a question separates.
GROUP_SHARE = 0.27
# Free texts that are listed, the most frequent first.
MAX_LISTED = 20

Known = Sequence[tuple[str, str, bool | None]]


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """One answer. `share`, `top` and `bottom` are per cent: of all who were asked, of the best and
    of the weakest 27 %; `biserial` is the point-biserial correlation with the total, −1 to 1.

    top and bottom are None when the two groups have the same totals. `is_right` is None for an
    answer that is not among the known ones, and for all of a question that was struck.
    """

    name: str
    label: str
    is_right: bool | None
    count: int
    share: float
    top: float | None
    bottom: float | None
    biserial: float | None


def count_answers(item: ItemSample, *, version: int, known: Known) -> list[AnswerCount]:
    """The known answers (name, label, is right) in their order, then the others by frequency.

    An answer with several parts counts for each of them.
    """
    givers = _group_totals(item, version)
    counts = Counter()
    for tally, totals in givers.items():
        counts.update(dict.fromkeys(tally, len(totals)))
    holders = _Holders([total for totals in givers.values() for total in totals])
    return [
        AnswerCount(
            name,
            label,
            is_right,
            *holders.count([totals for tally, totals in givers.items() if name in tally]),
        )
        for name, label, is_right in [*known, *_list_others(counts, known)]
    ]


Givers = dict[tuple[str, ...], list[float]]


def _group_totals(item: ItemSample, version: int) -> Givers:
    """The attempts' totals by what was answered to this wording."""
    tallies = {code: tally for (pk, tally), code in item.responses.items() if pk == version}
    givers = defaultdict(list)
    for total, code in zip(item.totals(), item.codes, strict=True):
        if code in tallies:
            givers[tallies[code]].append(total)
    return givers


def _list_others(counts: Counter, known: Known) -> list[tuple[str, str, None]]:
    others = counts.keys() - {name for name, _label, _right in known}
    ordered = sorted(others, key=lambda name: (-counts[name], name))
    return [(name, name, None) for name in ordered[:MAX_LISTED]]


class _Holders:
    """All who were asked, by their totals."""

    def __init__(self, totals: list[float]) -> None:
        self.totals, self.mean = totals, mean(totals) or 0.0
        has_spread = bool(totals) and not is_constant(totals)
        self.deviation = sqrt(central_moment(totals, 2)) if has_spread else 0.0
        self.low, self.high = _find_borders(totals) if has_spread else (0.0, 0.0)
        # Everybody who ties at a border is in the group.
        self.top = sum(total >= self.high for total in totals)
        self.bottom = sum(total <= self.low for total in totals)

    def count(self, groups: Iterable[Sequence[float]]) -> tuple:
        """count, share, top, bottom and biserial of an answer that these groups gave."""
        gave = [total for group in groups for total in group]
        share = len(gave) / len(self.totals) if self.totals else 0.0
        top = bottom = None
        if self.low < self.high:
            top = 100 * sum(total >= self.high for total in gave) / self.top
            bottom = 100 * sum(total <= self.low for total in gave) / self.bottom
        return len(gave), 100 * share, top, bottom, self._correlate(gave, share)

    def _correlate(self, gave: list[float], share: float) -> float | None:
        """(M_a − M_other) / SD · √(p (1 − p)), with SD over n: the correlation of "gave this
        answer" with the total. None when all or none gave it, or when totals do not vary.
        """
        if not 0 < share < 1 or not self.deviation:
            return None
        above = fsum(total - self.mean for total in gave)
        gap = above / len(gave) + above / (len(self.totals) - len(gave))
        return gap / self.deviation * sqrt(share * (1 - share))


def _find_borders(totals: list[float]) -> tuple[float, float]:
    """The total below which, and above which, the outer groups lie; equal: there are none."""
    size = max(1, round(GROUP_SHARE * len(totals)))
    ordered = sorted(totals)
    return ordered[size - 1], max(ordered[-size], ordered[size - 1])
