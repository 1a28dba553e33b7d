"""The table of contents of an entry. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cms.passages import Passage


@dataclass
class Section:
    """A chapter, or what stands before the first: its articles and the headings below it."""

    anchor: str = ""
    title: str = ""
    parts: list["Section"] = field(default_factory=list)
    articles: list[Passage] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Articles in it, those of its sections too."""
        return len(self.articles) + sum(part.count for part in self.parts)


@dataclass
class Contents:
    sections: list[Section]
    count: int

    def __bool__(self):
        """A list of one heading leads nowhere."""
        return bool(self.count) or len(self.sections) > 2


def list_contents(passages: Iterable[Passage]) -> Contents:
    """Chapters (headings of the first level) with their sections and articles."""
    sections = [Section()]
    for passage in passages:
        if passage.level == 2:
            sections.append(Section(passage.anchor, passage.text))
        elif passage.level:
            sections[-1].parts.append(Section(passage.anchor, passage.text))
        elif passage.is_article:
            place = sections[-1].parts[-1] if sections[-1].parts else sections[-1]
            place.articles.append(passage)
    used = [each for each in sections if each.title or each.parts or each.articles]
    return Contents(used, sum(each.count for each in used))
