"""A law in Markdown, as the collections of laws keep it. Pure.

# 法律名称                     several such lines make one name
2015年12月27日 … 通过           its history, a line or several events on one
<!-- INFO END -->
## 第一章 总则    ### 第一节 …
第一条 …                        what follows belongs to it, a paragraph a line
"""

import html
import re
from datetime import date

from django.utils.translation import gettext as _

from cms.article_numbers import ARTICLE, article_anchor
from knowledge_base.importing.texts import (
    DATE,
    Article,
    Entry,
    Lines,
    Source,
    TextError,
    articles_of,
    read_date,
)

END_OF_INFORMATION = "<!-- INFO END -->"
# The words stand behind the number, or below it.
ARTICLE_LINE = re.compile(rf"({ARTICLE.pattern})(?:\s+(.*))?")
HEADING_LINE = re.compile(r"(#+)\s+(.+)")
# A day opens an event of the history; events on one line are parted by space.
EVENT = re.compile(rf"(?:^|\s+){DATE.pattern}")
IN_FORCE_SINCE = re.compile(rf"自{DATE.pattern}起(?:施行|实施|生效)")
IN_FORCE_WHEN_ISSUED = re.compile("自(?:公布|发布)之日起(?:施行|实施|生效)")
DOCUMENT_NUMBER = re.compile(r"法释〔\d{4}〕\d+号|国务院令第\d+号")


def read_law(text: str) -> Entry:
    """Raises TextError."""
    rows = Lines(text).rows
    ends = [place for place, (_number, line) in enumerate(rows) if line == END_OF_INFORMATION]
    if not ends:
        raise TextError(0, _("没有“%s”一行，分不出沿革和正文。") % END_OF_INFORMATION)
    title, history = _read_information(rows[: ends[0]])
    body = _Body(title)
    for number, line in rows[ends[0] + 1 :]:
        body.read(number, line)
    return make_law(title, body.finish(), history, document_number=body.document_number)


def make_law(title: str, blocks: list[dict], history: list[Source], *, document_number="") -> Entry:
    effective_on = _find_effective_on(articles_of(blocks), history)
    for block in blocks:
        if block["type"] == "law_article":
            day = effective_on.isoformat() if effective_on else None
            block["value"] |= {"law": title, "effective_on": day}
    return Entry(
        title=title,
        blocks=tuple(blocks),
        sources=tuple(_name_sources(title, history, document_number)),
        effective_on=effective_on,
        summary=_summarise(len(articles_of(blocks)), effective_on),
    )


def law_article(number: str, text: str) -> dict:
    return {"type": "law_article", "value": {"number": number, "text": text}}


def heading(text: str, level: int) -> dict:
    """A chapter, or at level 3 a section below it."""
    name, *rest = text.split()
    # 总 则 is written with a gap, for the looks of a printed page.
    spaced = all(len(part) == 1 for part in rest)
    words = " ".join([name, ("" if spaced else " ").join(rest)]).strip()
    return {"type": "heading" if level <= 2 else "subheading", "value": words}


class _Body:
    """Collects the blocks below the information, line by line."""

    def __init__(self, title: str):
        self.title = title.replace(" ", "")
        self.blocks: list[dict] = []
        # The article that is open: its number, its line, and its words so far.
        self.article: tuple[str, int] | None = None
        self.lines: list[str] = []
        self.numbers: set[str] = set()
        self.document_number = ""

    def read(self, number: int, line: str) -> None:
        if not line or line.startswith("<!--") or line.replace(" ", "") == self.title:
            return
        if found := HEADING_LINE.fullmatch(line):
            self._open(heading(found[2], len(found[1])))
        elif found := ARTICLE_LINE.fullmatch(line):
            self._open_article(number, found[1], found[4] or "")
        elif self.article:
            self.lines.append(line)
        else:
            self._add_paragraph(line)

    def finish(self) -> list[dict]:
        self._close()
        if not self.numbers:
            raise TextError(0, _("没有找到条文。每条要另起一行，写成“第一条 ……”。"))
        return self.blocks

    def _open_article(self, line: int, number: str, text: str) -> None:
        anchor = article_anchor(number)
        if anchor in self.numbers:
            raise TextError(line, _("“%s”出现了两次，请核对原文。") % number)
        self.numbers.add(anchor)
        self._open(law_article(number, ""))
        self.article = (number, line)
        self.lines = [text] if text else []

    def _open(self, block: dict) -> None:
        self._close()
        self.blocks.append(block)

    def _close(self) -> None:
        if self.article and not self.lines:
            raise TextError(self.article[1], _("“%s”没有内容。") % self.article[0])
        if self.article:
            self.blocks[-1]["value"]["text"] = "\n".join(self.lines)
        self.article, self.lines = None, []

    def _add_paragraph(self, line: str) -> None:
        """What stands before the first article: a preamble, the number of the document."""
        if found := DOCUMENT_NUMBER.fullmatch(line):
            self.document_number = found[0]
            return
        paragraph = f"<p>{html.escape(line)}</p>"
        if self.blocks and self.blocks[-1]["type"] == "paragraph":
            self.blocks[-1]["value"] += paragraph
        else:
            self.blocks.append({"type": "paragraph", "value": paragraph})


def _read_information(rows: list[tuple[int, str]]) -> tuple[str, list[Source]]:
    title: list[str] = []
    history: list[Source] = []
    for number, line in rows:
        if line.startswith("#"):
            title.append(line.lstrip("#").strip())
        elif line:
            history += _read_events(number, line)
    if not title or not all(title):
        raise TextError(1, _("没有名称。请在开头写一行“# 法律名称”。"))
    return " ".join(title), history


def _read_events(number: int, line: str) -> list[Source]:
    starts = list(EVENT.finditer(line))
    if not starts:
        return [Source(name=line)]
    ends = [start.start() for start in starts[1:]] + [len(line)]
    return [
        _read_event(start, line[start.end() : end], number)
        for start, end in zip(starts, ends, strict=True)
    ]


def _read_event(start: re.Match, words: str, number: int) -> Source:
    day = read_date(start, number)
    name = words.strip().removesuffix("根据").strip()
    if name.count("）") > name.count("（"):
        name = name.removesuffix("）")
    found = DOCUMENT_NUMBER.search(name)
    is_effect = name.endswith("施行")
    return Source(
        name=name,
        document_number=found[0] if found else "",
        issued_on=day,
        effective_on=day if is_effect else None,
    )


def _find_effective_on(articles: list[Article], history: list[Source]) -> date | None:
    """As the last articles say it, or else the history."""
    for article in reversed(articles):
        if found := IN_FORCE_SINCE.search(article.text):
            return read_date(found, 0)
        if IN_FORCE_WHEN_ISSUED.search(article.text):
            return history[-1].issued_on if history else None
    return next((each.effective_on for each in reversed(history) if each.effective_on), None)


def _name_sources(title: str, history: list[Source], document_number: str) -> list[Source]:
    if history or not document_number:
        return history
    return [Source(name=title, document_number=document_number)]


def _summarise(count: int, effective_on: date | None) -> str:
    if effective_on is None:
        return _("共 %d 条。") % count
    day = _("%(year)d年%(month)d月%(day)d日") % {
        "year": effective_on.year,
        "month": effective_on.month,
        "day": effective_on.day,
    }
    return _("共 %(count)d 条，%(day)s起施行。") % {"count": count, "day": day}
