"""What a page is made of; painters (pdf, picture) turn it into a file. Millimetres from the top
left corner, colours as #rrggbb."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians, sin


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True)
class Frame:
    x: float
    y: float
    width: float
    height: float
    stroke: str
    thickness: float


@dataclass(frozen=True)
class Polygon:
    points: tuple[tuple[float, float], ...]
    fill: str


@dataclass(frozen=True)
class Text:
    """`y` is the baseline, `size` the em; `align` says what `x` is: left, center or right."""

    x: float
    y: float
    size: float
    text: str
    fill: str
    align: str = "center"
    # Between characters, in ems.
    spacing: float = 0
    # How much thicker every stroke is, in ems: the font has one weight.
    boldness: float = 0


@dataclass(frozen=True)
class Picture:
    x: float
    y: float
    width: float
    height: float
    data: bytes


@dataclass(frozen=True)
class Code:
    """A QR code: rows of 0 and 1, dark being 1. A picture sets it in whole pixels."""

    x: float
    y: float
    size: float
    rows: list[bytes]

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """Dark squares that touch in a row: row, first column, how many."""
        for number, row in enumerate(self.rows):
            for match in re.finditer(b"\x01+", row):
                yield number, match.start(), len(match.group())


Shape = Box | Frame | Polygon | Text | Picture | Code


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    shapes: list[Shape]


# One thick petal of the kapok: the curves of static/icons.svg#kapok, in a square of 100.
PETAL_START = (0.0, -3.0)
PETAL = [
    ((-11, -8), (-21, -24), (-15, -38)),
    ((-12, -46), (-4, -49), (0, -49)),
    ((7, -49), (15, -44), (17, -36)),
    ((20, -23), (9, -8), (0, -3)),
]
STEPS = 7


def kapok(x: float, y: float, radius: float, fill: str, turn: float = 0) -> list[Polygon]:
    """Five petals around a centre; the first points upwards when there is no turn."""
    return [_petal(x, y, radius / 50, turn + 72 * each, fill) for each in range(5)]


def stamens(x: float, y: float, radius: float, fill: str) -> list[Polygon]:
    """Ten threads with a knob, around the centre of a flower of that radius."""
    return [_stamen(x, y, radius / 50, 36 * each, fill) for each in range(10)]


def _petal(x: float, y: float, scale: float, turn: float, fill: str) -> Polygon:
    return Polygon(tuple(_place(point, x, y, scale, turn) for point in _outline()), fill)


def _stamen(x: float, y: float, scale: float, turn: float, fill: str) -> Polygon:
    knob = [
        (2.2 * sin(radians(each)), -17 - 2.2 * cos(radians(each))) for each in range(-150, 180, 30)
    ]
    points = [(0.6, -5), (-0.6, -5), *knob]
    return Polygon(tuple(_place(point, x, y, scale, turn) for point in points), fill)


def _outline() -> list[tuple[float, float]]:
    points, start = [PETAL_START], PETAL_START
    for curve in PETAL:
        for step in range(1, STEPS + 1):
            points.append(_on_curve(start, *curve, step / STEPS))
        start = curve[-1]
    return points


def _on_curve(a, b, c, d, t: float) -> tuple[float, float]:
    """A cubic Bézier curve at t."""
    u = 1 - t
    return tuple(
        u**3 * a[axis] + 3 * u * u * t * b[axis] + 3 * u * t * t * c[axis] + t**3 * d[axis]
        for axis in (0, 1)
    )


def _place(point, x: float, y: float, scale: float, degrees: float) -> tuple[float, float]:
    angle = radians(degrees)
    px, py = point
    return (
        round(x + scale * (px * cos(angle) - py * sin(angle)), 3),
        round(y + scale * (px * sin(angle) + py * cos(angle)), 3),
    )
