"""Bars of a figure, best units and last ones: told apart in black and white too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from learning.bulletins.bulletin import Chart, cell_text
from learning.certificates.shapes import Box, Frame, Shape, Text
from learning.certificates.wrapping import Measure, fit_line

STEP, BAR, SIZE = 6.2, 3.9, 3.5
NAME, VALUE, BETWEEN = 34, 14, 6
INK, SOFT, DARK, STRIPE, PAPER = "#1f1a1c", "#5d5257", "#a5124c", "#8d8286", "#ffffff"


@dataclass(frozen=True)
class Bars:
    """Shapes from 0 downwards, of that height."""

    height: float
    shapes: list[Shape]

    def placed(self, top: float) -> list[Shape]:
        return [replace(shape, y=shape.y + top) for shape in self.shapes]


def lay_out_bars(chart: Chart, measure: Measure, left: float, width: float) -> Bars:
    """The first units and, beside them, the last ones; both to the same scale."""
    room = (width - BETWEEN) / 2 if chart.last else width
    values = [value for _name, value in (*chart.first, *chart.last)]
    scale = (room - NAME - VALUE) / max([*values, chart.mean or 0, 1])
    groups = [_Drawing(chart, measure, left, scale).group(chart.first_label, chart.first, _solid)]
    if chart.last:
        beside = _Drawing(chart, measure, left + room + BETWEEN, scale)
        groups.append(beside.group(chart.last_label, chart.last, _striped))
    shapes = [shape for group in groups for shape in group.shapes]
    return Bars(max(group.height for group in groups), shapes)


@dataclass(frozen=True)
class _Drawing:
    """`scale`: millimetres for 1 of the figure."""

    chart: Chart
    measure: Measure
    left: float
    scale: float

    @property
    def begin(self) -> float:
        return self.left + NAME

    def group(self, label: str, bars: Sequence[tuple[str, int]], look: Callable) -> Bars:
        shapes: list[Shape] = []
        top = 2.0
        if label:
            top += 4.5
            shapes.append(Text(self.left, top - 0.8, SIZE, label, SOFT, align="left"))
        bottom = top + STEP * len(bars)
        # Below the bars: it is seen between them.
        if self.chart.mean is not None:
            shapes += self._mean(top, bottom)
        for number, (name, value) in enumerate(bars, start=1):
            shapes += self._bar(name, value, top + STEP * number, look)
        y = bottom + (4.6 if self.chart.mean is not None else 0)
        return Bars(y + 2, shapes)

    def _bar(self, name: str, value: int, y: float, look: Callable) -> list[Shape]:
        length = max(0.4, value * self.scale)
        text = cell_text(self.chart.kind, value)
        at, wide = self.begin + length + 1.5, self.measure(text) * SIZE
        return [
            *self._name(name, y),
            *look(self.begin, y - BAR + 0.75, length),
            Box(at - 0.7, y - BAR + 0.75, wide + 1.4, BAR, PAPER),
            Text(at, y, SIZE, text, INK, align="left"),
        ]

    def _name(self, name: str, y: float) -> list[Shape]:
        """In one line, or two small ones; never cut."""
        size, lines = fit_line(
            name, width=NAME - 3, largest=SIZE, smallest=2.6, measure=self.measure
        )
        up = (len(lines) - 1) * size * 0.55
        return [
            Text(self.begin - 2, y - up + n * size * 1.1, size, line, INK, align="right")
            for n, line in enumerate(lines)
        ]

    def _mean(self, top: float, bottom: float) -> list[Shape]:
        x = self.begin + max(0, self.chart.mean) * self.scale
        text = f"{self.chart.mean_label} {cell_text(self.chart.kind, self.chart.mean)}"
        return [
            Box(x - 0.2, top + 0.6, 0.4, bottom - top + 0.6, INK),
            Text(x, bottom + 4.2, 3.1, text, INK),
        ]


def _solid(left: float, top: float, length: float) -> list[Shape]:
    return [Box(left, top, length, BAR, DARK)]


def _striped(left: float, top: float, length: float) -> list[Shape]:
    stripes = [
        Box(left + 0.5 + each * 1.6, top, 0.5, BAR, STRIPE) for each in range(int(length / 1.6))
    ]
    return [*stripes, Frame(left, top, length, BAR, INK, 0.25)]
