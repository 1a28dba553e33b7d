"""A bulletin on paper: printed by the press, in its own process."""

from pathlib import Path

from django.conf import settings

from learning.bulletins.bulletin import Bulletin
from learning.certificates.press import Press

# Seconds. All towns of the province are 50 pages; twice as long is still less than the silence
# after which a job is given to another runner.
MOST_PRINTING = 120


def write_pdf(bulletin: Bulletin, path: Path) -> None:
    """Write an A4 PDF. Raises PaperFailed when it cannot be printed."""
    with Press(settings.CERTIFICATE_FONTS, most_printing=MOST_PRINTING) as press:
        path.write_bytes(press.print_bulletin(bulletin))
