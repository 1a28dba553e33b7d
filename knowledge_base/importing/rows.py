"""Laws as JSONL, a row an article: {"law", "file", "chapter", "article", "text"}. Pure.

Rows know an article's nearest heading only, and nothing of the law's history.
"""

import json
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from cms.article_numbers import article_anchor
from knowledge_base.importing.laws import heading, law_article, make_law
from knowledge_base.importing.texts import UNSEEN, Entry, TextError

NEEDED = ("law", "article", "text")


@dataclass
class RowsOfLaw:
    """`file` is the Markdown that the rows were taken from, if they name one."""

    file: str
    blocks: list[dict] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    chapter: str = ""


def read_rows(text: str) -> list[tuple[str, Entry]]:
    """(file, law) for each law, in the order of the rows. Raises TextError."""
    laws: dict[str, RowsOfLaw] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            row = _read_row(number, line)
            law = laws.setdefault(row["law"], RowsOfLaw(file=row["file"]))
            _add_row(law, row, number)
    return [
        (law.file, replace(make_law(title, law.blocks, []), is_partial=True))
        for title, law in laws.items()
    ]


def _read_row(number: int, line: str) -> dict[str, str]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise TextError(number, _("这一行不是 JSON。")) from error
    if not isinstance(row, dict):
        raise TextError(number, _("这一行要是一个 JSON 对象。"))
    missing = [name for name in NEEDED if not isinstance(row.get(name), str) or not row[name]]
    if missing:
        raise TextError(number, _("缺少“%s”，或者不是文字。") % "”“".join(missing))
    names = (*NEEDED, "chapter", "file")
    return {name: UNSEEN.sub("", str(row.get(name) or "")).strip() for name in names}


def _add_row(law: RowsOfLaw, row: dict[str, str], line: int) -> None:
    number = row["article"]
    anchor = article_anchor(number)
    if not anchor:
        raise TextError(line, _("“%s”不是条号，要写成“第二十三条”。") % number)
    if anchor in law.numbers:
        raise TextError(line, _("“%s”出现了两次，请核对原文。") % number)
    law.numbers.add(anchor)
    if row["chapter"] and row["chapter"] != law.chapter:
        law.chapter = row["chapter"]
        is_section = law.chapter.split()[0].endswith("节")
        law.blocks.append(heading(law.chapter, 3 if is_section else 2))
    law.blocks.append(law_article(number, row["text"]))
