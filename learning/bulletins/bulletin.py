"""What a bulletin says, as plain values: they travel to the printing process as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum

# Text, or a whole number that its column's kind tells how to read; None where there is no figure.
Cell = str | int | None
Cells = Sequence[Cell]
NOTHING = "—"


class Kind(StrEnum):
    """What the numbers of a column are."""

    TEXT = "text"
    RANK = "rank"
    COUNT = "count"
    # Per mille: 456 is 45.6 %.
    RATE = "rate"
    # 885 is 88.5: an average score.
    TENTHS = "tenths"
    # 1225 is 12.25: credit hours, points of an assessment.
    HUNDREDTHS = "hundredths"
    # Of a rate, in tenths of a percentage point; of the others, in their own unit.
    RATE_CHANGE = "rate_change"
    TENTHS_CHANGE = "tenths_change"
    HUNDREDTHS_CHANGE = "hundredths_change"


@dataclass(frozen=True)
class Format:
    """`scale` of the whole number make 1 as people read it; `number` is Excel's format of that."""

    scale: int = 1
    ending: str = ""
    is_change: bool = False
    number: str = "#,##0"
    # Excel counts a percentage in ones.
    excel_scale: int = 1

    def text(self, value: int) -> str:
        """45.6%, 88.5, 12.25, +3.2, −0.5: no zeros at the end, as on the screen."""
        whole, rest = divmod(abs(value), self.scale)
        digits = f"{rest:0{len(str(self.scale)) - 1}d}".rstrip("0") if rest else ""
        shown = f"{whole:,}.{digits}" if digits else f"{whole:,}"
        sign = "−" if value < 0 else "+" if self.is_change and value else ""
        return f"{sign}{shown}{self.ending}"


FORMATS: dict[str, Format] = {
    Kind.TEXT: Format(),
    Kind.RANK: Format(number="0"),
    Kind.COUNT: Format(),
    Kind.RATE: Format(10, "%", number="0.0%", excel_scale=1000),
    Kind.TENTHS: Format(10, number="0.0", excel_scale=10),
    Kind.HUNDREDTHS: Format(100, number="0.00", excel_scale=100),
    Kind.RATE_CHANGE: Format(10, is_change=True, number="+0.0;-0.0;0.0", excel_scale=10),
    Kind.TENTHS_CHANGE: Format(10, is_change=True, number="+0.0;-0.0;0.0", excel_scale=10),
    Kind.HUNDREDTHS_CHANGE: Format(100, is_change=True, number="+0.00;-0.00;0.00", excel_scale=100),
}


def cell_text(kind: str, value: Cell) -> str:
    """A cell as it is printed."""
    if value is None:
        return NOTHING
    return value if isinstance(value, str) else FORMATS[kind].text(value)


@dataclass(frozen=True)
class Column:
    """`weight` is its share of the printed table's width, 0 keeps it to the workbook.

    `width` is that in the workbook, in characters.
    """

    label: str
    kind: str = Kind.TEXT
    weight: float = 1
    width: int = 11


@dataclass(frozen=True)
class Chart:
    """Bars of one figure. `last` is empty where all units fit into `first`.

    `mean` is the whole place's figure, a line across the bars.
    """

    title: str
    kind: str
    first: Sequence[tuple[str, int]]
    last: Sequence[tuple[str, int]] = ()
    mean: int | None = None
    mean_label: str = ""
    first_label: str = ""
    last_label: str = ""


@dataclass(frozen=True)
class Bulletin:
    """A table of units with words around it.

    masthead     in red at the head of the paper, e.g. 学习情况通报
    issuer       who tells it, e.g. 梅州市妇联
    date_text    when it was made
    title        关于“…”完成情况的通报
    subtitle     what is shown: the task or period, the place, 本级 or 全域
    as_of        as of which moment the figures hold, or that they are frozen
    lead         paragraphs: the figures in words
    columns      of all tables; every row has as many cells
    total        the row of the place itself, above the ranked ones
    rows         ranked units, best first
    table_title  the heading above the ranked ones, on paper
    small_rows   units listed apart without a rank; `small_title` says why
    definitions  (term, text): how the figures are counted
    notes        sentences below the table
    made_at      ISO 8601; the same bulletin is the same file
    """

    masthead: str
    issuer: str
    date_text: str
    title: str
    subtitle: str
    as_of: str
    lead: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Cells]
    total: Cells | None = None
    table_title: str = "各单位完成情况"
    small_title: str = ""
    small_rows: Sequence[Cells] = ()
    chart: Chart | None = None
    definitions: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = field(default_factory=tuple)
    made_at: str = "2026-01-01T00:00:00+08:00"

    def to_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict) -> "Bulletin":
        columns = [Column(**each) for each in data["columns"]]
        chart = Chart(**data["chart"]) if data["chart"] else None
        return cls(**data | {"columns": columns, "chart": chart})
