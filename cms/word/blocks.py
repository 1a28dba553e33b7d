"""Simple HTML as the blocks of a page. Pure.

Values are the stored form of cms.blocks; a picture names its place among the document's pictures
instead of an image.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from django.utils.html import escape

from cms.alt_text import is_description
from cms.word.conversion import PREFIX
from cms.word.tables import read_table, rows_of
from cms.word.words import inline, text_of, trim

HEADING_TAGS = {f"h{number}": number for number in range(1, 7)}
NUMERAL = "[一二三四五六七八九十]{1,3}"
# 一、 and （一） as official documents number their parts, where Word knows of no heading.
PARTS = [re.compile(rf"{NUMERAL}、.+"), re.compile(rf"[（(]{NUMERAL}[)）].+")]
SENTENCE = re.compile(r"[。；：:！？!?]")
OF_PICTURE = re.compile(r"图\s*[\d一二三四五六七八九十]+")
OF_TABLE = re.compile(r"(续?表|附表)\s*[\d一二三四五六七八九十]+")
LONGEST_PART, LONGEST_HEADING, LONGEST_CAPTION = 30, 60, 120
NOTES = re.compile(r"(foot|end)note-\d+$")
NOTES_HEADING = "注释"


@dataclass
class Block:
    type: str
    value: object
    # Of a heading: how deep the document has it.
    level: int = 0


@dataclass
class Reader:
    """Feed it the document's elements; `finish` gives the blocks."""

    has_headings: bool
    blocks: list[Block] = field(default_factory=list)
    # Pictures that stood in cells.
    in_tables: int = 0
    _text: list[str] = field(default_factory=list)
    _caption: str = ""

    def read(self, parent: Element) -> None:
        for element in parent:
            handle = _HANDLERS.get(element.tag, Reader._paragraph)
            handle(self, element)

    def finish(self) -> list[Block]:
        self._flush()
        levels = [block.level for block in self.blocks if block.level]
        for block in self.blocks:
            if block.level:
                block.type = "heading" if block.level == min(levels) else "subheading"
        return self.blocks

    def _add(self, block: Block) -> None:
        self._flush()
        self.blocks.append(block)

    def _flush(self) -> None:
        """What was written so far is one block of text."""
        self._release_caption()
        if self._text:
            self.blocks.append(Block("paragraph", "".join(self._text)))
            self._text = []

    def _release_caption(self) -> None:
        """No table followed."""
        if self._caption:
            self._text.append(f"<p>{escape(self._caption)}</p>")
            self._caption = ""

    def _write(self, html: str) -> None:
        self._release_caption()
        self._text.append(html)

    def _heading(self, element: Element) -> None:
        pictures: list[Element] = []
        html, text = trim(inline(element, pictures.append)), _one_line(element)
        if len(text) > LONGEST_HEADING:
            self._write(f"<p><b>{html}</b></p>")
        elif text:
            self._add(Block("heading", text, HEADING_TAGS[element.tag]))
        self._pictures(pictures)

    def _paragraph(self, element: Element) -> None:
        if element.get("class") == "toc":
            return
        pictures: list[Element] = []
        html, text = trim(inline(element, pictures.append)), _one_line(element)
        if self._take_caption(element, text) or not text:
            pass
        elif level := self._level_of_part(text):
            self._add(Block("heading", text, level))
        else:
            self._write(f"<p>{html}</p>")
        self._pictures(pictures)

    def _level_of_part(self, text: str) -> int:
        if self.has_headings or len(text) > LONGEST_PART or SENTENCE.search(text):
            return 0
        return next((at for at, part in enumerate(PARTS, 1) if part.fullmatch(text)), 0)

    def _take_caption(self, element: Element, text: str) -> bool:
        """题注: below a picture, above a table."""
        is_marked = element.get("class") == "caption"
        if not text or len(text) > LONGEST_CAPTION or text.endswith("。"):
            return False
        is_of_table = bool(OF_TABLE.match(text))
        if (is_marked or OF_PICTURE.match(text)) and not is_of_table and self._ends_in_picture():
            self.blocks[-1].value["caption"] = text
            return True
        if is_marked or is_of_table:
            self._release_caption()
            self._caption = text
            return True
        return False

    def _ends_in_picture(self) -> bool:
        last = self.blocks[-1] if self.blocks and not self._text else None
        return bool(last and last.type == "picture" and not last.value["caption"])

    def _pictures(self, elements: list[Element]) -> None:
        for element in elements:
            alt = element.get("alt", "").strip()
            value = {
                "picture": int(element.get("src", "").removeprefix(PREFIX)),
                "alt_text": alt if is_description(alt) else "",
                "caption": "",
            }
            self._add(Block("picture", value))

    def _list(self, element: Element) -> None:
        pictures: list[Element] = []
        if any(NOTES.match(item.get("id", "")) for item in element):
            self._add(Block("subheading", NOTES_HEADING))
        self._write(_list_html(element, pictures.append))
        self._pictures(pictures)

    def _table(self, element: Element) -> None:
        rows = list(rows_of(element))
        if len(rows) < 2 or max(map(len, rows)) < 2:
            # A frame around text or pictures.
            for cell in (each for row in rows for each in row):
                self.read(cell)
            return
        caption, self._caption = self._caption, ""
        self._add(Block("table", read_table(element, caption)))
        pictures = list(element.iter("img"))
        self.in_tables += len(pictures)
        self._pictures(pictures)

    def _quotation(self, element: Element) -> None:
        lines = [_one_line(each) for each in element] or [_one_line(element)]
        if any(lines):
            self._add(Block("quotation", {"text": "\n".join(filter(None, lines)), "source": ""}))
        self._pictures(list(element.iter("img")))


_HANDLERS = {
    **dict.fromkeys(HEADING_TAGS, Reader._heading),
    "ul": Reader._list,
    "ol": Reader._list,
    "table": Reader._table,
    "blockquote": Reader._quotation,
}


def _one_line(element: Element) -> str:
    return "".join(text_of(element).split("\n")).strip()


def _list_html(element: Element, take_picture: Callable[[Element], None]) -> str:
    items = []
    for item in element:
        # Lists inside it stay lists; everything else is one line of text.
        inner = [each for each in item if each.tag in ("ul", "ol")]
        for each in inner:
            item.remove(each)
        deeper = "".join(_list_html(each, take_picture) for each in inner)
        items.append(f"<li>{trim(inline(item, take_picture))}{deeper}</li>")
    return f"<{element.tag}>{''.join(items)}</{element.tag}>"
