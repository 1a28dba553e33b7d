"""How the points of a case are shared between its parts."""

import re

POINTS = "points"
MOST = 100


def equal_points(count: int) -> tuple[int, ...]:
    return (1,) * count


def read_points(text: str, count: int) -> tuple[int, ...] | None:
    """The points of each part in "2,2,6"; equal ones for an empty text, None for anything else."""
    words = re.split(r"[,，、;；\s]+", text.strip())
    if words == [""]:
        return equal_points(count)
    is_sound = len(words) == count and all(_is_number(word) for word in words)
    return tuple(map(int, words)) if is_sound else None


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) <= 3 and 0 < int(word) <= MOST
