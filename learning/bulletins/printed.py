"""A bulletin on paper: printed by the press, in its own process."""

from pathlib import Path

from django.conf import settings

from learning.bulletins.bulletin import Bulletin
from learning.certificates.press import Press


def write_pdf(bulletin: Bulletin, path: Path) -> None:
    """Write an A4 PDF. Raises PaperFailed when it cannot be printed."""
    with Press(settings.CERTIFICATE_FONTS) as press:
        path.write_bytes(press.print_bulletin(bulletin))
