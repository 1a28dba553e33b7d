"""Names that can be asked for by sound: the field's words, titles, tags. Pure."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import NamedTuple

from cms.search.pinyin import fold, full, initials, read_pinyin
from cms.search.tokens import normalise

# Shorter beginnings fit half of all names.
MIN_PREFIX = 3
ALIKE = 0.84


class Entry(NamedTuple):
    name: str
    full: str
    initials: str


@lru_cache(4096)
def read_name(name: str) -> Entry:
    return Entry(name, full(name), initials(name))


class Lexicon:
    """`names` in the order in which they are preferred."""

    def __init__(self, names: Iterable[str]):
        self.entries = [read_name(name) for name in dict.fromkeys(names)]

    def __add__(self, other: "Lexicon") -> "Lexicon":
        both = Lexicon([])
        both.entries = list(dict.fromkeys([*self.entries, *other.entries]))
        return both

    def resolve(self, query: str) -> str | None:
        """The name that is meant by letters: rsaqbhl → 人身安全保护令."""
        sound = read_pinyin(query)
        if sound is None:
            return None
        for matches in (_is_whole, _is_beginning):
            for entry in self.entries:
                if matches(entry, sound):
                    return entry.name
        return None

    def complete(self, beginning: str, limit: int) -> list[str]:
        """Names that begin with what is typed, in characters or in pinyin, or hold it."""
        typed = normalise(beginning).strip()
        sound = read_pinyin(beginning)
        found = [e.name for e in self.entries if normalise(e.name).startswith(typed)]
        if sound:
            found += [e.name for e in self.entries if _begins(e, sound)]
        found += [e.name for e in self.entries if typed in normalise(e.name)]
        return list(dict.fromkeys(found))[:limit]

    def similar(self, query: str) -> str | None:
        """A name that sounds like the query and is written otherwise: 人生安全保护令."""
        sound = fold(full(query))
        if len(sound) < MIN_PREFIX:
            return None
        best, how_alike = None, ALIKE
        for entry, folded in zip(self.entries, self._folded, strict=True):
            if abs(len(folded) - len(sound)) > 2 or entry.name == query:
                continue
            alike = SequenceMatcher(None, folded, sound).ratio()
            if alike > how_alike:
                best, how_alike = entry.name, alike
        return best

    @cached_property
    def _folded(self) -> list[str]:
        return [fold(entry.full) for entry in self.entries]


def _is_whole(entry: Entry, sound: str) -> bool:
    return len(sound) > 1 and sound in (entry.full, entry.initials)


def _is_beginning(entry: Entry, sound: str) -> bool:
    return len(sound) >= MIN_PREFIX and _begins(entry, sound)


def _begins(entry: Entry, sound: str) -> bool:
    return entry.full.startswith(sound) or entry.initials.startswith(sound)
