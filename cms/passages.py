"""Passages of a body: what an address can point at, and a search can jump to. Pure.

Anchors, numbered in reading order: `p3` is the third paragraph (of rich text and quotations),
`s2` the second heading, `a23` a law's article by its own number. `Numbering` gives them out for the
reader of raw data here and for the page that is rendered (cms.templatetags.passages) alike.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cms.article_numbers import article_anchor

# An element of rich text that gets an anchor; editors' headings are h2 to h4.
MARK = re.compile(r"<(p|h[2-4])(?=[\s>])")
END_OF_ELEMENT = re.compile(r"</(?:p|h[2-4]|li|td|th|tr)>|<br\s*/?>")
TAG = re.compile(r"<[^>]*>")
# Values that are no words for a reader: addresses, choices, ids.
WORDLESS_KEYS = {"id", "type", "url", "address", "link", "icon", "colour", "effective_on"}
HEADING_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Passage:
    """`label` says where it stands: a heading or an article's number. `level` is a heading's."""

    anchor: str
    label: str
    text: str
    level: int = 0

    @property
    def is_article(self) -> bool:
        return self.anchor.startswith("a")


class Numbering:
    """Gives out the anchors of one body; ask in reading order."""

    def __init__(self):
        self.counts: Counter = Counter()

    def next(self, tag: str) -> str:
        """The anchor of the next `p`, or of the next heading."""
        kind = "p" if tag == "p" else "s"
        self.counts[kind] += 1
        return f"{kind}{self.counts[kind]}"

    def article(self, number: str) -> str:
        """A second article of the same number, of another law, is `a23_2`."""
        anchor = article_anchor(number)
        if not anchor:
            return ""
        self.counts[anchor] += 1
        again = self.counts[anchor]
        return anchor if again == 1 else f"{anchor}_{again}"


def read_passages(raw_blocks: Iterable[dict]) -> list[Passage]:
    """The passages that hold words, from a StreamField's raw data.

    Blocks without an anchor of their own belong to what stands before them.
    """
    reader = _Reader()
    for block in raw_blocks:
        reader.read(block["type"], block["value"])
    return [passage for passage in reader.passages if passage.text]


class _Reader:
    def __init__(self):
        self.numbering = Numbering()
        self.passages: list[Passage] = []
        self.anchor = self.label = ""

    def read(self, kind: str, value: Any) -> None:
        if kind == "heading":
            self._heading(self.numbering.next("h2"), value, HEADING_LEVEL)
        elif kind == "paragraph":
            self._rich_text(value)
        elif kind == "quotation":
            self._add(self.numbering.next("p"), "\n".join(_words(value)))
        elif kind == "law_article":
            self._article(value)
        else:
            self._add(self.anchor, "\n".join(_words(value)))

    def _heading(self, anchor: str, text: str, level: int) -> None:
        self.label = text
        self._add(anchor, text, level)

    def _rich_text(self, value: str) -> None:
        """What stands before the first mark, or between two, goes with the one before it."""
        before, *parts = MARK.split(value)
        if plain := as_text(before):
            self._add(self.anchor, plain)
        for tag, rest in zip(parts[::2], parts[1::2], strict=True):
            anchor, text = self.numbering.next(tag), as_text(f"<{tag}{rest}")
            if tag == "p":
                self._add(anchor, text)
            else:
                self._split_heading(anchor, tag, rest)

    def _split_heading(self, anchor: str, tag: str, rest: str) -> None:
        """A list behind a heading is not a part of its name."""
        name, _end, behind = rest.partition(f"</{tag}>")
        self._heading(anchor, as_text(f"<{tag}{name}"), int(tag[1]))
        if plain := as_text(behind):
            self._add(anchor, plain)

    def _article(self, value: dict) -> None:
        anchor = self.numbering.article(value["number"]) or self.anchor
        self.anchor = anchor
        self.passages.append(Passage(anchor, value["number"], value["text"].strip()))

    def _add(self, anchor: str, text: str, level: int = 0) -> None:
        self.anchor = anchor
        self.passages.append(Passage(anchor, self.label, text, level))


def as_text(rich_text: str) -> str:
    """Rich text as lines of plain text."""
    lines = TAG.sub("", END_OF_ELEMENT.sub("\n", rich_text)).split("\n")
    return "\n".join(filter(None, (html.unescape(line).strip() for line in lines)))


def _words(value: Any) -> Iterator[str]:
    """The words of a block of any kind, whatever its structure."""
    if isinstance(value, str):
        if text := as_text(value):
            yield text
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in WORDLESS_KEYS:
                yield from _words(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)
