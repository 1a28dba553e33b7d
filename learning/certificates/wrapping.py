"""Breaking Chinese text into lines, and finding the size at which it fits. Sizes in millimetres."""

import re
from collections.abc import Callable, Iterator

# The width of a text set at size 1.
Measure = Callable[[str], float]

# May not begin a line, and may not end one.
NOT_FIRST = "，。、；：？！）》」』】”’％%,.;:?!)]}"
NOT_LAST = "（《「『【“‘([{"
_TOKEN = re.compile(r"[A-Za-z0-9@#$&+\-_./%]+|.", re.DOTALL)
STEP = 0.96


def wrap(text: str, width: float, measure: Measure, *, indent: str = "") -> list[str]:
    """Lines no wider than `width` (in ems); every paragraph begins with the indent."""
    lines = []
    for paragraph in text.split("\n"):
        line = indent
        for piece in _pieces(paragraph, width, measure):
            if line.strip(indent) and measure(line + piece) > width:
                lines.append(line.rstrip(" "))
                line = piece.lstrip(" ")
            else:
                line += piece
        lines.append(line)
    return lines


def _pieces(text: str, width: float, measure: Measure) -> Iterator[str]:
    """What may not be torn apart: words, and punctuation with the character it belongs to."""
    piece = ""
    for token in _tokens(text, width, measure):
        is_bound = piece and (token[0] in NOT_FIRST or piece[-1] in NOT_LAST)
        if piece and (not is_bound or measure(piece + token) > width):
            yield piece
            piece = ""
        piece += token
    if piece:
        yield piece


def _tokens(text: str, width: float, measure: Measure) -> Iterator[str]:
    for token in _TOKEN.findall(text):
        if measure(token) <= width:
            yield token
        else:
            # A word that is longer than a line is torn after all.
            yield from token


def fit(
    text: str,
    *,
    width: float,
    height: float,
    largest: float,
    smallest: float,
    leading: float,
    measure: Measure,
    indent: str = "",
) -> tuple[float, list[str]]:
    """The largest size at which the text fits into the box, and its lines.

    Nothing is ever cut: a text that does not fit at the smallest size gets smaller still.
    """
    size = largest
    while True:
        lines = wrap(text, width / size, measure, indent=indent)
        if len(lines) * size * leading <= height or size < 1:
            return size, lines
        if size > smallest and size * STEP < smallest:
            size = smallest
        else:
            size *= STEP


def fit_line(
    text: str, *, width: float, largest: float, smallest: float, measure: Measure
) -> tuple[float, list[str]]:
    """One line where it fits at a readable size, else two or more of the smallest size."""
    size = min(largest, width / max(measure(text), 0.01))
    if size >= smallest:
        return size, [text]
    return smallest, wrap(text, width / smallest, measure)
