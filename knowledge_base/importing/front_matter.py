"""An entry in Markdown with front matter. Pure.

---
title: 人身安全保护令怎么申请
category: 权益保护
tags: 反家庭暴力法，保护令
source: 《反家庭暴力法》第二十三条 | 主席令第三十七号 | https://…     may be repeated
effective_on: 2016-03-01
expired: 2023-01-01                                             or: yes
---
## 小标题
"""

from datetime import date

import markdown
from django.utils.translation import gettext as _

from cms.richtext import clean_rich_text
from cms.tags import read_tags
from knowledge_base.importing.texts import UNSEEN, Entry, Lines, Source, TextError

FENCE = "---"
KEYS = ("title", "summary", "category", "tags", "source", "effective_on", "expired")
FEATURES = ("h3", "bold", "ol", "ul", "link")
YES, NO = ("yes", "true", "是"), ("no", "false", "否", "")


def has_front_matter(text: str) -> bool:
    return UNSEEN.sub("", text).lstrip().startswith(FENCE)


def read_entry(text: str) -> Entry:
    """Raises TextError."""
    facts, body = _split(text)
    if not facts["title"]:
        raise TextError(1, _("文首信息里没有“title”（标题）。"))
    blocks = to_blocks(body)
    if not blocks:
        raise TextError(0, _("没有正文。"))
    is_expired, expired_on = _read_expired(*_last(facts["expired"]))
    return Entry(
        title=_last(facts["title"])[1],
        blocks=tuple(blocks),
        sources=tuple(_read_source(*each) for each in facts["source"]),
        effective_on=_read_day(*_last(facts["effective_on"])),
        is_expired=is_expired,
        expired_on=expired_on,
        summary=_last(facts["summary"])[1],
        category=_last(facts["category"])[1],
        tags=tuple(read_tags(_last(facts["tags"])[1])),
    )


def _split(text: str) -> tuple[dict[str, list[tuple[int, str]]], str]:
    """The facts, each with its line, and the Markdown below them."""
    rows = Lines(text.lstrip()).rows
    fences = [place for place, (_number, line) in enumerate(rows) if line == FENCE]
    if len(fences) < 2:
        raise TextError(1, _("文首信息没有结束。请在它下面写一行“---”。"))
    facts: dict[str, list[tuple[int, str]]] = {key: [] for key in KEYS}
    for number, line in rows[1 : fences[1]]:
        if line:
            key, value = _read_fact(number, line)
            facts[key].append((number, value))
    body = UNSEEN.sub("", text).lstrip().splitlines()[fences[1] + 1 :]
    return facts, "\n".join(body)


def _read_fact(number: int, line: str) -> tuple[str, str]:
    key, colon, value = line.replace("：", ":", 1).partition(":")
    key = key.strip()
    if not colon or key not in KEYS:
        raise TextError(number, _("看不懂“%(key)s”。可以写的有：%(keys)s。") % _hint(key))
    return key, value.strip()


def _hint(key: str) -> dict:
    return {"key": key, "keys": "、".join(KEYS)}


def _last(facts: list[tuple[int, str]]) -> tuple[int, str]:
    return facts[-1] if facts else (0, "")


def _read_day(line: int, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise TextError(line, _("“%s”不是日期，要写成 2016-03-01。") % text) from error


def _read_expired(line: int, text: str) -> tuple[bool, date | None]:
    if text.lower() in NO:
        return False, None
    return (True, None) if text.lower() in YES else (True, _read_day(line, text))


def _read_source(line: int, text: str) -> Source:
    name, number, address, *rest = [*(part.strip() for part in text.split("|")), "", ""]
    if not name or any(rest):
        raise TextError(line, _("依据要写成“名称 | 文号 | 网址”，文号和网址可以不写。"))
    if address and not address.startswith(("https://", "http://")):
        raise TextError(line, _("网址“%s”要以 https:// 开头。") % address)
    return Source(name=name, document_number=number, address=address)


def to_blocks(text: str) -> list[dict]:
    """A heading block for each `##`, rich text between; HTML that editors could not write goes."""
    opening, *sections = f"\n{text.strip()}".split("\n## ")
    blocks = _to_paragraph(opening)
    for section in sections:
        name, _newline, rest = section.partition("\n")
        blocks.append({"type": "heading", "value": name.strip()})
        blocks += _to_paragraph(rest)
    return blocks


def _to_paragraph(text: str) -> list[dict]:
    html = markdown.markdown(text.strip())
    for level in "12456":
        html = html.replace(f"<h{level}>", "<h3>").replace(f"</h{level}>", "</h3>")
    clean = clean_rich_text(html, FEATURES)
    return [{"type": "paragraph", "value": clean}] if clean.strip() else []
