"""Growth stages: 种子 → 新芽 → 花苞 → 花开 → 满枝. A stage once reached stays."""

# Finished lessons and mastered questions together; both are one step. The reason for each:
STEPS = (
    0,  # 种子: whoever is here has one
    1,  # 新芽: the very first thing must show at once
    10,  # 花苞: a course or two
    40,  # 花开: 10 学时 in micro-lessons, a fifth of the year's target
    120,  # 满枝: three a week for forty weeks, a good year
)


def stage_of(*, lessons: int, mastered: int) -> int:
    """0 (seed) to 4 (full branch)."""
    steps = lessons + mastered
    return sum(steps >= needed for needed in STEPS) - 1


def steps_to_next(*, lessons: int, mastered: int, stage: int) -> int | None:
    """How much is left to the stage after `stage`; None at the last one."""
    if stage + 1 >= len(STEPS):
        return None
    return max(0, STEPS[stage + 1] - lessons - mastered)
