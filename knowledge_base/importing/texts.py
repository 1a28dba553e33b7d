"""What the readers of files make of them: entries, ready to be written. Pure."""

import re
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
# What a text must not bring along: NUL, which PostgreSQL refuses, and what nobody can see.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u200b\ufeff]")


class TextError(Exception):
    """What is wrong in a text, in Chinese, and in which line (from 1; 0: the whole)."""

    def __init__(self, line: int, message: str):
        super().__init__(message)
        self.line, self.message = line, message


@dataclass(frozen=True)
class Source:
    name: str
    document_number: str = ""
    address: str = ""
    issued_on: date | None = None
    effective_on: date | None = None


@dataclass(frozen=True)
class Article:
    number: str
    text: str


@dataclass(frozen=True)
class Entry:
    """A knowledge entry. `blocks` are a StreamField's raw data without ids.

    `is_partial`: rows of articles, which know nothing of a law's history.
    Summary, category and tags are a first proposal; on the page they are the editors'.
    """

    title: str
    blocks: tuple[dict, ...]
    sources: tuple[Source, ...] = ()
    effective_on: date | None = None
    is_expired: bool = False
    expired_on: date | None = None
    summary: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    is_partial: bool = False

    @property
    def articles(self) -> list[Article]:
        return articles_of(self.blocks)


@dataclass
class Lines:
    """A text line by line, numbered from 1, without what cannot be seen."""

    text: str
    rows: list[tuple[int, str]] = field(init=False)

    def __post_init__(self):
        lines = UNSEEN.sub("", self.text).splitlines()
        self.rows = [(number, line.strip()) for number, line in enumerate(lines, 1)]


def articles_of(blocks) -> list[Article]:
    laws = [block["value"] for block in blocks if block["type"] == "law_article"]
    return [Article(value["number"], value["text"]) for value in laws]


def find_date(text: str, line: int) -> date | None:
    """The first date in the text. Raises TextError when the calendar has no such day."""
    found = DATE.search(text)
    return read_date(found, line) if found else None


def read_date(found: re.Match, line: int) -> date:
    year, month, day = (int(part) for part in found.groups()[-3:])
    try:
        return date(year, month, day)
    except ValueError as error:
        message = _("没有“%s”这一天，请改日期。") % found[0].strip()
        raise TextError(line, message) from error
