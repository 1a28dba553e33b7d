"""What of a certificate goes to the press, and the press of this process."""

import base64

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from learning.certificates.paper import CertificatePaper
from learning.certificates.press import Press
from learning.models import Certificate, CertificateTemplate
from learning.models.certificate import CertificateDesign, Orientation
from learning.rules.certificate_numbers import make_number, show_number
from learning.rules.certificate_text import fill_text

# One for all threads; its process starts with the first paper and ends when nobody asks.
PRESS = Press(settings.CERTIFICATE_FONTS)

# As large as A4 needs at 150 dots an inch.
BACKGROUNDS = {
    Orientation.LANDSCAPE: "fill-1754x1240|format-jpeg|jpegquality-72",
    Orientation.PORTRAIT: "fill-1240x1754|format-jpeg|jpegquality-72",
}
SEAL = "max-480x480|format-png"
# A name and a place that few fonts can print: who sees them here need not fear for others.
SAMPLE_NAME, SAMPLE_UNIT = "欧阳𣒍英", "湛江市遂溪县塘㙍镇輋𣒍村妇联"


def verify_url(number: str) -> str:
    """The absolute address in the QR code."""
    return settings.WAGTAILADMIN_BASE_URL + reverse("verify_number", args=[show_number(number)])


class PaperMaker:
    """Reads each image once, however many certificates have it."""

    def __init__(self):
        self.images: dict[tuple[int, str], str] = {}

    def certificate(self, certificate: Certificate) -> CertificatePaper:
        """Needs `certificate.edition`."""
        return CertificatePaper(
            name=certificate.name,
            unit=certificate.unit,
            text=certificate.text,
            date_text=certificate.date_text,
            number=certificate.shown_number,
            verify_url=verify_url(certificate.number),
            made_at=localtime(certificate.issued_at).isoformat(timespec="seconds"),
            **self._design(certificate.edition),
        )

    def sample(self, template: CertificateTemplate) -> CertificatePaper:
        """The template with an invented holder, marked as a sample."""
        today = localdate()
        date_text = f"{today.year}年{today.month}月{today.day}日"
        values = {
            "name": SAMPLE_NAME,
            "unit": SAMPLE_UNIT,
            "title": "妇女权益保障法专题",
            "date": date_text,
            "hours": "12.5",
        }
        number = make_number(year=today.year, draw=0)
        return CertificatePaper(
            name=SAMPLE_NAME,
            unit=SAMPLE_UNIT,
            text=fill_text(template.body, values),
            date_text=date_text,
            number=show_number(number),
            verify_url=verify_url(number),
            is_sample=True,
            **self._design(template),
        )

    def _design(self, design: CertificateDesign) -> dict:
        return {
            "heading": design.heading,
            "issuer": design.issuer,
            "is_portrait": design.orientation == Orientation.PORTRAIT,
            "theme": design.theme,
            "background": self._image(design.background, BACKGROUNDS[design.orientation]),
            "seal": self._image(design.seal, SEAL),
        }

    def _image(self, image, filter_spec: str) -> str:
        if image is None:
            return ""
        key = image.pk, filter_spec
        if key not in self.images:
            with image.get_rendition(filter_spec).file.open("rb") as file:
                self.images[key] = base64.b64encode(file.read()).decode()
        return self.images[key]
