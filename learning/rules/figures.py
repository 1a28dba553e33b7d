"""Rates and averages as they are shown and ranked. Integers only, so every database agrees.

Definitions (domain.md): 应参 = counted appointments in force; 参与率 = joined / due;
完成率 = completed / due; 平均分 = mean over the scored members of each one's mean best score.
"""

# Units with fewer members due are listed apart: one person would swing their rate too far.
MIN_RANKED_DUE = 10
# Below this an average would tell one member's own score.
MIN_AVERAGED = 3


def per_mille(part: int, whole: int) -> int | None:
    """Share in per mille, rounded half up; None when there is nothing to share."""
    if whole == 0:
        return None
    return (2000 * part + whole) // (2 * whole)


def mean_tenths(sum_bp: int, members: int) -> int | None:
    """Mean score in tenths of a point (0–1000) from a sum in basis points, rounded half up.

    None where fewer than MIN_AVERAGED have a score.
    """
    if members < MIN_AVERAGED:
        return None
    return (2 * sum_bp + 10 * members) // (20 * members)


def shade(figure: int | None) -> int:
    """The tile's shade, 1 (low) to 5 (high), of a figure in per mille; 0 where there is none."""
    if figure is None:
        return 0
    return 1 + sum(figure >= limit for limit in (600, 700, 800, 880))


def missing_to_target(completed: int, due: int, target: int) -> int:
    """How many more must complete until `target` per cent of those due have; 0: it is reached."""
    needed = -(-due * target // 100)
    return max(0, needed - completed)
