"""A text lesson as numbered paragraphs on an axis of reading time. Pure.

A paragraph takes as long as a quick reader needs for it, in tenths of a second; one begins where
the one before ends. So a text is credited like a recording: by intervals of its axis.
"""

from dataclasses import dataclass
from hashlib import blake2b
from html.parser import HTMLParser

# A quick reader of Chinese; slower is normal, faster is not reading.
CHARACTERS_PER_SECOND = 15
BLOCKS = {"p", "li", "h2", "h3", "h4", "blockquote"}


@dataclass(frozen=True)
class Paragraph:
    """`place` is where the attributes of its tag end in the source; `start`, `end` on the axis."""

    place: int
    start: int
    end: int


@dataclass(frozen=True)
class Text:
    """`version` changes with the wording, and with it what the intervals mean."""

    paragraphs: tuple[Paragraph, ...]
    version: str

    @property
    def length(self) -> int:
        return self.paragraphs[-1].end if self.paragraphs else 0


def read_text(html: str) -> Text:
    """The paragraphs of rich text, those that hold words."""
    finder = _Finder(html)
    paragraphs, start = [], 0
    for place, words in finder.blocks:
        characters = len("".join(words).replace("\xa0", " ").strip())
        if characters:
            end = start + max(1, -(-characters * 10 // CHARACTERS_PER_SECOND))
            paragraphs.append(Paragraph(place, start, end))
            start = end
    wording = "\n".join("".join(words) for _place, words in finder.blocks)
    return Text(tuple(paragraphs), blake2b(wording.encode(), digest_size=8).hexdigest())


def mark_paragraphs(html: str, text: Text) -> str:
    """The same text, each paragraph saying which part of the axis it is."""
    parts, done = [], 0
    for each in text.paragraphs:
        parts += [html[done : each.place], f' data-from="{each.start}" data-to="{each.end}"']
        done = each.place
    return "".join([*parts, html[done:]])


class _Finder(HTMLParser):
    """Collects blocks as (place, words); text belongs to the innermost open block."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[int, list[str]]] = []
        self._open: list[tuple[str, list[str]]] = []
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in BLOCKS:
            return
        line, column = self.getpos()
        # Right behind the name of the tag.
        words: list[str] = []
        self.blocks.append((self._lines[line - 1] + column + 1 + len(tag), words))
        self._open.append((tag, words))

    def handle_endtag(self, tag):
        if any(name == tag for name, _words in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        if self._open:
            self._open[-1][1].append(data)
