"""A table on A4 pages: title, the person's facts, rows, totals, issuer and date."""

import base64
from dataclasses import dataclass, field

from learning.certificates.layout import INK, SOFT
from learning.certificates.paper import StatementPaper
from learning.certificates.shapes import Box, Page, Picture, Shape, Text
from learning.certificates.wrapping import Measure, fit_line, wrap

WIDTH, HEIGHT, MARGIN = 210, 297, 20
INNER = WIDTH - 2 * MARGIN
BOTTOM = HEIGHT - 24
CELL, LEADING, PADDING = 3.7, 1.4, 2.0
LINE, SHADE, MAIN = "#d9c9c5", "#faf1ee", "#a5124c"


@dataclass
class _Sheet:
    """Pages as they fill, from top to bottom."""

    measure: Measure
    done: list[list[Shape]] = field(default_factory=lambda: [[]])
    y: float = MARGIN

    @property
    def shapes(self) -> list[Shape]:
        return self.done[-1]

    def turn(self) -> None:
        self.done.append([])
        self.y = MARGIN

    def has_room(self, height: float) -> bool:
        return self.y + height <= BOTTOM

    def write(self, text: str, *, size: float, fill: str = INK, bold: float = 0) -> None:
        """Lines across the page, centred."""
        size, lines = fit_line(
            text, width=INNER, largest=size, smallest=size * 0.6, measure=self.measure
        )
        for line in lines:
            self.y += size * 1.35
            self.shapes.append(Text(WIDTH / 2, self.y, size, line, fill, boldness=bold))


def lay_out_statement(paper: StatementPaper, measure: Measure) -> list[Page]:
    sheet = _Sheet(measure)
    sheet.write(paper.title, size=8.5, fill=MAIN, bold=0.03)
    sheet.y += 8
    _put_facts(sheet, paper.facts)
    sheet.y += 5
    _put_table(sheet, paper)
    _put_end(sheet, paper)
    pages = len(sheet.done)
    for number, shapes in enumerate(sheet.done, start=1):
        foot = f"第 {number} 页，共 {pages} 页"
        shapes.append(Text(WIDTH / 2, HEIGHT - 12, 3.2, foot, SOFT))
    return [Page(WIDTH, HEIGHT, shapes) for shapes in sheet.done]


def _put_facts(sheet: _Sheet, facts: list[tuple[str, str]]) -> None:
    for start in range(0, len(facts), 2):
        height = 0.0
        for place, (label, value) in enumerate(facts[start : start + 2]):
            x = MARGIN + place * INNER / 2
            lines = wrap(f"{label}：{value}", (INNER / 2 - 4) / 4.2, sheet.measure)
            for number, line in enumerate(lines):
                y = sheet.y + 4.2 + number * 6
                sheet.shapes.append(Text(x, y, 4.2, line, INK, align="left"))
            height = max(height, len(lines) * 6)
        sheet.y += height + 1


def _put_table(sheet: _Sheet, paper: StatementPaper) -> None:
    heads = [head for head, _share, _align in paper.columns]
    _put_row(sheet, paper, heads, fill=SHADE)
    for row in paper.rows:
        height = _row_height(sheet, paper, row)
        # A row that no page holds whole is printed all the same.
        if not sheet.has_room(height) and sheet.y > MARGIN + 20:
            sheet.turn()
            _put_row(sheet, paper, heads, fill=SHADE)
        _put_row(sheet, paper, row)


def _cells(sheet: _Sheet, paper: StatementPaper, row: list[str]) -> list[list[str]]:
    return [
        wrap(cell, (INNER * share - 2 * PADDING) / CELL, sheet.measure)
        for cell, (_head, share, _align) in zip(row, paper.columns, strict=True)
    ]


def _row_height(sheet: _Sheet, paper: StatementPaper, row: list[str]) -> float:
    lines = max(len(cell) for cell in _cells(sheet, paper, row))
    return lines * CELL * LEADING + 2 * PADDING


def _put_row(sheet: _Sheet, paper: StatementPaper, row: list[str], *, fill: str = "") -> None:
    height, x = _row_height(sheet, paper, row), float(MARGIN)
    if fill:
        sheet.shapes.append(Box(MARGIN, sheet.y, INNER, height, fill))
    for cell, (_head, share, align) in zip(_cells(sheet, paper, row), paper.columns, strict=True):
        width = INNER * share
        at = {"left": x + PADDING, "center": x + width / 2, "right": x + width - PADDING}[align]
        for number, line in enumerate(cell):
            y = sheet.y + PADDING + CELL * (0.95 + number * LEADING)
            sheet.shapes.append(Text(at, y, CELL, line, INK, align=align))
        x += width
    sheet.y += height
    sheet.shapes.append(Box(MARGIN, sheet.y, INNER, 0.25, LINE))


def _put_end(sheet: _Sheet, paper: StatementPaper) -> None:
    """Totals, note, issuer and date stay together."""
    if not sheet.has_room(14 + 7 * len(paper.totals) + 44):
        sheet.turn()
    sheet.y += 8
    for label, value in paper.totals:
        right = f"{label}：{value}"
        sheet.shapes.append(Text(WIDTH - MARGIN, sheet.y, 4.6, right, INK, align="right"))
        sheet.y += 7
    for line in wrap(paper.note, INNER / 3.6, sheet.measure) if paper.note else []:
        sheet.y += 1
        sheet.shapes.append(Text(MARGIN, sheet.y, 3.6, line, SOFT, align="left"))
        sheet.y += 4.5
    sheet.y += 16
    centre = WIDTH - MARGIN - 38
    size, lines = fit_line(paper.issuer, width=76, largest=5, smallest=3.6, measure=sheet.measure)
    top = sheet.y
    for line in lines:
        sheet.shapes.append(Text(centre, sheet.y, size, line, INK))
        sheet.y += size * 1.3
    sheet.shapes.append(Text(centre, sheet.y + 3, 4.4, paper.date_text, INK))
    if paper.seal:
        data = base64.b64decode(paper.seal)
        sheet.shapes.append(Picture(centre - 20, top - 20, 40, 40, data))
