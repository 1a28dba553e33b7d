"""The versions of each document, the newest first."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Edition:
    """`changes` says in a line what is new; `template` is the text itself."""

    version: str
    since: date
    changes: str
    template: str


@dataclass(frozen=True)
class Document:
    name: str
    title: str
    editions: tuple[Edition, ...]

    @property
    def current(self) -> Edition:
        return self.editions[0]

    def find(self, version: str) -> Edition | None:
        return next((each for each in self.editions if each.version == version), None)


PRIVACY = Document(
    name="privacy",
    title=_("个人信息保护说明"),
    editions=(
        Edition(
            version="1.0",
            since=date(2026, 12, 1),
            changes=_("第一版。"),
            template="pages/privacy/privacy_1_0.html",
        ),
    ),
)
TERMS = Document(
    name="terms",
    title=_("用户协议"),
    editions=(
        Edition(
            version="1.0",
            since=date(2026, 12, 1),
            changes=_("第一版。"),
            template="pages/privacy/terms_1_0.html",
        ),
    ),
)
