"""Where everything stands on a bulletin's A4 pages: a red head, words, table, bars, definitions."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from learning.bulletins.bars import lay_out_bars
from learning.bulletins.bulletin import Bulletin
from learning.bulletins.table import Table
from learning.certificates.shapes import Box, Page, Shape, Text
from learning.certificates.wrapping import Measure, fit_line, wrap

WIDTH, HEIGHT, MARGIN = 210, 297, 20
INNER = WIDTH - 2 * MARGIN
TOP, BOTTOM = 22, HEIGHT - 24
INK, SOFT, RED, LINE = "#1f1a1c", "#5d5257", "#c8102e", "#b9aeb0"
BODY, LEADING = 4.6, 1.7
SMALL, SMALL_LEADING = 3.7, 1.55
INDENT = "\u3000\u3000"


@dataclass
class Sheet:
    """Pages as they fill, from top to bottom. Sizes in millimetres."""

    measure: Measure
    done: list[list[Shape]] = field(default_factory=lambda: [[]])
    y: float = TOP

    def put(self, *shapes: Shape) -> None:
        self.done[-1].extend(shapes)

    def turn(self) -> None:
        self.done.append([])
        self.y = TOP

    def has_room(self, height: float) -> bool:
        return self.y + height <= BOTTOM

    def need(self, height: float) -> None:
        """What is that high stays together: on the next page where this one has no room."""
        if not self.has_room(height) and self.y > TOP:
            self.turn()

    def centred(self, text: str, *, size: float, fill: str = INK, bold: float = 0) -> None:
        size, lines = fit_line(
            text, width=INNER, largest=size, smallest=size * 0.75, measure=self.measure
        )
        for line in self._even(text, lines):
            self.y += size * 1.4
            self.put(Text(WIDTH / 2, self.y, size, line, fill, boldness=bold))

    def _even(self, text: str, lines: list[str]) -> list[str]:
        """As many lines, of about the same length: no two characters alone in the last one."""
        even = wrap(text, self.measure(text) / len(lines) + 1, self.measure)
        return even if len(even) == len(lines) else lines

    def paragraph(
        self,
        text: str,
        *,
        size: float = BODY,
        leading: float = LEADING,
        fill: str = INK,
        indent: str = INDENT,
    ) -> None:
        for line in wrap(text, INNER / size, self.measure, indent=indent):
            self.need(size * leading)
            self.y += size * leading
            self.put(Text(MARGIN, self.y - size * 0.35, size, line, fill, align="left"))

    def heading(self, text: str, room_below: float = 18) -> None:
        """A heading never stands alone at the foot of a page."""
        self.need(12 + room_below)
        self.y += 11
        self.put(Text(MARGIN, self.y, 4.9, text, INK, align="left", boldness=0.03))
        self.y += 3


def lay_out_bulletin(bulletin: Bulletin, measure: Measure) -> list[Page]:
    sheet = Sheet(measure)
    _put_head(sheet, bulletin)
    for text in bulletin.lead:
        sheet.paragraph(text)
    numbers = iter("一二三四五六")
    _put_chart(sheet, bulletin, numbers)
    _put_tables(sheet, bulletin, numbers)
    _put_definitions(sheet, bulletin, numbers)
    _put_end(sheet, bulletin)
    return [Page(WIDTH, HEIGHT, shapes) for shapes in _with_feet(sheet, bulletin)]


def _put_head(sheet: Sheet, bulletin: Bulletin) -> None:
    """As offices print a bulletin: its name in red, issuer and date above a red rule."""
    spread = sheet.measure(bulletin.masthead) + 0.3 * len(bulletin.masthead)
    size = min(14, INNER / max(spread, 0.01))
    sheet.y += 15
    sheet.put(Text(WIDTH / 2, sheet.y, size, bulletin.masthead, RED, spacing=0.3, boldness=0.04))
    sheet.y += 12
    room = INNER - 50
    size, lines = fit_line(
        bulletin.issuer, width=room, largest=4.4, smallest=3.6, measure=sheet.measure
    )
    right = Text(WIDTH - MARGIN, sheet.y, 4.4, bulletin.date_text, INK, align="right")
    for line in lines:
        sheet.put(Text(MARGIN, sheet.y, size, line, INK, align="left"))
        sheet.y += size * 1.3
    sheet.put(right, Box(MARGIN, sheet.y - 2, INNER, 0.9, RED))
    sheet.y += 5
    sheet.centred(bulletin.title, size=7.4, bold=0.025)
    sheet.y += 1
    sheet.centred(bulletin.subtitle, size=4.2, fill=SOFT)
    sheet.centred(bulletin.as_of, size=4.2, fill=SOFT)
    sheet.y += 4


def _put_chart(sheet: Sheet, bulletin: Bulletin, numbers: Iterator[str]) -> None:
    if bulletin.chart is None or not bulletin.chart.first:
        return
    bars = lay_out_bars(bulletin.chart, sheet.measure, MARGIN, INNER)
    sheet.heading(f"{next(numbers)}、{bulletin.chart.title}", bars.height)
    sheet.put(*bars.placed(sheet.y))
    sheet.y += bars.height


def _put_tables(sheet: Sheet, bulletin: Bulletin, numbers: Iterator[str]) -> None:
    table = Table(sheet, bulletin.columns, left=MARGIN, width=INNER)
    if bulletin.rows or bulletin.total is not None:
        sheet.heading(f"{next(numbers)}、{bulletin.table_title}", 40)
        table.put(bulletin.rows, total=bulletin.total)
    if bulletin.small_rows:
        sheet.heading(f"{next(numbers)}、{bulletin.small_title}", 30)
        table.put(bulletin.small_rows)
    sheet.y += 2
    for note in bulletin.notes:
        sheet.paragraph(note, size=SMALL, leading=SMALL_LEADING, fill=SOFT, indent="")


def _put_definitions(sheet: Sheet, bulletin: Bulletin, numbers: Iterator[str]) -> None:
    if not bulletin.definitions:
        return
    sheet.heading(f"{next(numbers)}、指标说明")
    for term, text in bulletin.definitions:
        sheet.paragraph(f"{term}：{text}", size=SMALL, leading=SMALL_LEADING, indent="")


def _put_end(sheet: Sheet, bulletin: Bulletin) -> None:
    """Issuer and date, at the right as letters end."""
    sheet.need(30)
    sheet.y += 16
    centre = WIDTH - MARGIN - 38
    size, lines = fit_line(
        bulletin.issuer, width=76, largest=BODY, smallest=3.4, measure=sheet.measure
    )
    for line in [*lines, bulletin.date_text]:
        sheet.put(Text(centre, sheet.y, size, line, INK))
        sheet.y += size * 1.6


def _with_feet(sheet: Sheet, bulletin: Bulletin) -> Iterator[list[Shape]]:
    pages = len(sheet.done)
    for number, shapes in enumerate(sheet.done, start=1):
        foot = f"第 {number} 页　共 {pages} 页"
        size, lines = fit_line(
            bulletin.as_of, width=INNER - 40, largest=3.2, smallest=2.6, measure=sheet.measure
        )
        yield [
            *shapes,
            Box(MARGIN, HEIGHT - 18, INNER, 0.25, LINE),
            Text(MARGIN, HEIGHT - 12.5, size, lines[0], SOFT, align="left"),
            Text(WIDTH - MARGIN, HEIGHT - 12.5, 3.2, foot, SOFT, align="right"),
        ]
