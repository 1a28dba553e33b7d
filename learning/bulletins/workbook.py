"""A bulletin as a workbook: the table on one sheet, words and definitions on another."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from federations.workbooks.writing import INERT
from learning.bulletins.bulletin import FORMATS, NOTHING, Bulletin, Cells, Kind

RED, PALE, LINE = "#A5124C", "#FBE9EE", "#D9C9C5"
PAPER_A4 = 9
# Above the table: title, subtitle, moment.
HEADER_ROW = 3
TEXT_WIDTH = 90
LEFT = {Kind.TEXT}


def write_workbook(bulletin: Bulletin, path: Path) -> None:
    """Write an .xlsx. Cells are texts and numbers, never formulas; figures are as in the rows."""
    properties = {"title": bulletin.title, "company": bulletin.issuer}
    with Workbook(path, INERT) as book:
        book.set_properties(properties)
        _write_table(book, bulletin)
        _write_words(book, bulletin)


@dataclass
class _Styles:
    """The looks of cells: made once for each, as Excel limits their number."""

    book: Workbook
    made: dict = field(default_factory=dict)

    def get(self, **looks):
        key = tuple(sorted(looks.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(
                {"font_name": "宋体", "valign": "vcenter"} | looks
            )
        return self.made[key]

    def of(self, kind: str, **looks):
        align = "left" if kind in LEFT else "right"
        form = {} if kind in LEFT else {"num_format": FORMATS[kind].number}
        base = {"align": align, "border": 1, "border_color": LINE, "font_size": 11}
        return self.get(**base | form | looks)


@dataclass
class _Sheet:
    sheet: Worksheet
    styles: _Styles
    bulletin: Bulletin
    line: int = 0

    def across(self, text: str, height: float, **looks) -> None:
        last = len(self.bulletin.columns) - 1
        self.sheet.set_row(self.line, height)
        self.sheet.merge_range(self.line, 0, self.line, last, text, self.styles.get(**looks))
        self.line += 1

    def row(self, cells: Cells, **looks) -> None:
        """A figure that is missing is a dash, as on the screen: sums pass over it."""
        for place, (column, value) in enumerate(zip(self.bulletin.columns, cells, strict=True)):
            style = self.styles.of(column.kind, **looks)
            if isinstance(value, int):
                number = value / FORMATS[column.kind].excel_scale
                self.sheet.write_number(self.line, place, number, style)
            else:
                text = NOTHING if value is None else value
                self.sheet.write_string(self.line, place, text, style)
        self.line += 1

    def rows(self, rows: Iterable[Cells]) -> None:
        for cells in rows:
            self.row(cells)


def _write_table(book: Workbook, bulletin: Bulletin) -> None:
    sheet = book.add_worksheet(_("排行"))
    out = _Sheet(sheet, _Styles(book), bulletin)
    for place, column in enumerate(bulletin.columns):
        sheet.set_column(place, place, column.width)
    out.across(bulletin.title, 34, font_size=18, bold=True, font_color=RED, align="center")
    out.across(bulletin.subtitle, 22, font_size=12, align="center")
    out.across(bulletin.as_of, 20, font_size=11, align="center", font_color="#665860")
    _write_header(out)
    if bulletin.total is not None:
        out.row(bulletin.total, bold=True, bg_color=PALE)
    out.rows(bulletin.rows)
    if bulletin.small_rows:
        out.across(bulletin.small_title, 24, font_size=12, bold=True, align="left")
        out.rows(bulletin.small_rows)
    _set_page(sheet, bulletin)


def _write_header(out: _Sheet) -> None:
    out.sheet.set_row(out.line, 34)
    looks = {"bold": True, "font_color": "#FFFFFF", "bg_color": RED, "text_wrap": True}
    style = out.styles.get(**looks, align="center", border=1, border_color=LINE, font_size=11)
    for place, column in enumerate(out.bulletin.columns):
        out.sheet.write_string(out.line, place, column.label, style)
    out.line += 1


def _set_page(sheet: Worksheet, bulletin: Bulletin) -> None:
    """The header stays in sight on the screen, and stands on every printed page."""
    names = 1 + next(
        (n for n, column in enumerate(bulletin.columns) if column.kind == Kind.TEXT), 0
    )
    sheet.freeze_panes(HEADER_ROW + 1, names)
    sheet.set_landscape()
    sheet.set_paper(PAPER_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C" + _("第 &P 页 共 &N 页"))


def _write_words(book: Workbook, bulletin: Bulletin) -> None:
    sheet = book.add_worksheet(_("指标说明"))
    styles = _Styles(book)
    plain = styles.get(text_wrap=True, font_size=11, align="left", valign="top")
    bold = styles.get(bold=True, font_size=11, align="left", valign="top")
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, TEXT_WIDTH)
    told = [(_("说明"), text) for text in (*bulletin.lead, *bulletin.notes, bulletin.as_of)]
    for line, (term, text) in enumerate([*bulletin.definitions, *told]):
        sheet.write_string(line, 0, term, bold)
        sheet.write_string(line, 1, text, plain)
    sheet.set_landscape()
    sheet.set_paper(PAPER_A4)
    sheet.fit_to_pages(1, 0)
