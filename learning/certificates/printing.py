"""From a paper to a file: cut the font, lay out, paint."""

from learning.bulletins.bulletin import Bulletin
from learning.bulletins.layout import lay_out_bulletin
from learning.certificates.fonts import Cutter
from learning.certificates.layout import lay_out
from learning.certificates.painting import paint_pdf, paint_picture
from learning.certificates.paper import CertificatePaper, StatementPaper
from learning.certificates.shapes import Page, Text
from learning.certificates.statement import lay_out_statement
from learning.certificates.wrapping import Measure


class Printer:
    """Holds the large fonts: one for each process, and about 100 MB of memory."""

    def __init__(self, extra_fonts=()):
        self.cutter = Cutter(extra_fonts)

    def print_certificate(self, paper: CertificatePaper) -> bytes:
        page = lay_out(paper, self.measure)
        return paint_pdf(
            [page],
            self._cut([page]),
            title=f"{paper.heading} {paper.name} {paper.number}",
            author=paper.issuer,
            made_at=paper.made_at,
        )

    def print_picture(self, paper: CertificatePaper) -> bytes:
        page = lay_out(paper, self.measure)
        return paint_picture(page, self._cut([page]))

    def print_statement(self, paper: StatementPaper) -> bytes:
        pages = lay_out_statement(paper, self.measure)
        return paint_pdf(
            pages,
            self._cut(pages),
            title=paper.title,
            author=paper.issuer,
            made_at=paper.made_at,
        )

    def print_bulletin(self, bulletin: Bulletin) -> bytes:
        pages = lay_out_bulletin(bulletin, self.measure)
        return paint_pdf(
            pages,
            self._cut(pages),
            title=bulletin.title,
            author=bulletin.issuer,
            made_at=bulletin.made_at,
        )

    @property
    def measure(self) -> Measure:
        return self.cutter.measure

    def _cut(self, pages: list[Page]) -> bytes:
        texts = (each.text for page in pages for each in page.shapes if isinstance(each, Text))
        return self.cutter.cut("".join(texts))
