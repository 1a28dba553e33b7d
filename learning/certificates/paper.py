"""What is to be printed, as plain values that travel to the printing process as JSON."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class CertificatePaper:
    """One certificate, filled in. Images are base64 of JPEG or PNG, or empty."""

    heading: str
    name: str
    unit: str
    text: str
    issuer: str
    date_text: str
    number: str
    verify_url: str
    is_portrait: bool = False
    theme: str = "kapok"
    background: str = ""
    seal: str = ""
    # ISO 8601; what the file says of its own making, so that the same paper is the same bytes.
    made_at: str = "2026-01-01T00:00:00+08:00"
    is_sample: bool = False

    def to_json(self) -> dict:
        return asdict(self)


@dataclass(frozen=True)
class StatementPaper:
    """A table with what stands above and below it, e.g. an annual statement of credit hours.

    facts   (label, value) about the person, two in a line
    columns (heading, share of the width, "left" | "center" | "right")
    rows    cells as text, as many as columns
    totals  (label, value), below the table
    """

    title: str
    facts: list[tuple[str, str]]
    columns: list[tuple[str, float, str]]
    rows: list[list[str]]
    totals: list[tuple[str, str]]
    note: str
    issuer: str
    date_text: str
    seal: str = ""
    made_at: str = "2026-01-01T00:00:00+08:00"

    def to_json(self) -> dict:
        return asdict(self)
