"""Links and pictures in rich text as it is stored."""

from dataclasses import dataclass
from html.parser import HTMLParser


@dataclass(frozen=True)
class Link:
    """`kind` is "url" or the stored name of what is linked to: "page", "document", "image"."""

    kind: str
    target: str
    words: str = ""


def read_links(html: str) -> list[Link]:
    """In the order of the text."""
    if "<a" not in html and "<embed" not in html:
        return []
    reader = _LinkReader()
    reader.feed(html)
    reader.close()
    return reader.links


class _LinkReader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.links: list[Link] = []
        self.open: dict[str, str | None] | None = None
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag == "a":
            self._finish()
            self.open, self.words = facts, []
        elif tag == "embed" and facts.get("embedtype") == "image":
            self._add("image", facts.get("id"), facts.get("alt"))
        elif tag == "embed":
            self._add("url", facts.get("url"), "")

    def handle_data(self, data):
        self.words.append(data)

    def handle_endtag(self, tag):
        if tag == "a":
            self._finish()

    def close(self):
        super().close()
        self._finish()

    def _finish(self):
        facts, self.open = self.open, None
        if facts is None:
            return
        words = " ".join("".join(self.words).split())
        if kind := facts.get("linktype"):
            self._add(kind, facts.get("id"), words)
        else:
            self._add("url", facts.get("href"), words)

    def _add(self, kind: str, target: str | None, words: str | None):
        if target:
            self.links.append(Link(kind, target.strip(), words or ""))
