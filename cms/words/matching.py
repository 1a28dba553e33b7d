"""Finding words of a list in a text, however they are dressed up. Pure.

A text is folded first: compatibility forms (NFKC) and case are levelled, zero-width characters go,
and so does whatever is no letter and no digit between two Chinese characters: 最　佳, 最*佳 and
最\u200b佳 are 最佳. Traditional characters stay what they are.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick

VARIATION_SELECTORS = ("\ufe00", "\ufe0f")
HAN = (
    ("\u3005", "\u3007"),
    ("\u3400", "\u4dbf"),
    ("\u4e00", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U000323af"),
)


@dataclass(frozen=True)
class Hit:
    """`word` as it was folded; text[start:end] is what stands there."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Folded:
    """`places[i]` says where the i-th character comes from."""

    text: str
    places: list[int]


def fold(text: str) -> Folded:
    kept: list[str] = []
    places: list[int] = []
    waiting: list[tuple[str, int]] = []
    after_han = False
    for place, character in enumerate(text):
        for each, is_word, is_han in _level(character):
            if not is_word:
                waiting.append((each, place))
                continue
            if not (after_han and is_han):
                kept += [one for one, _place in waiting]
                places += [its for _one, its in waiting]
            waiting.clear()
            kept.append(each)
            places.append(place)
            after_han = is_han
    kept += [one for one, _place in waiting]
    places += [its for _one, its in waiting]
    return Folded("".join(kept), places)


@lru_cache(maxsize=20_000)
def _level(character: str) -> tuple[tuple[str, bool, bool], ...]:
    """What a character is folded to: (character, is a letter or digit, is Chinese) for each."""
    levelled = unicodedata.normalize("NFKC", character).casefold()
    return tuple((each, _is_word(each), _is_han(each)) for each in levelled if not _is_void(each))


def _is_void(character: str) -> bool:
    first, last = VARIATION_SELECTORS
    return unicodedata.category(character) == "Cf" or first <= character <= last


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


def _is_han(character: str) -> bool:
    return any(first <= character <= last for first, last in HAN)


def fold_word(word: str) -> str:
    """A word of the list as it is looked for: what stands around it does not belong to it.

    Empty when there is nothing to look for.
    """
    folded = fold(word).text
    inner = [place for place, each in enumerate(folded) if _is_word(each)]
    return folded[inner[0] : inner[-1] + 1] if inner else ""


def build(words: Iterable[str]) -> ahocorasick.Automaton:
    """An automaton of folded words."""
    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word, word)
    automaton.make_automaton()
    return automaton


def find(automaton: ahocorasick.Automaton, text: str) -> list[Hit]:
    """Every occurrence, from the beginning; what lies within a longer one is left out."""
    if not len(automaton):
        return []
    folded = fold(text)
    found = [(end + 1 - len(word), end + 1, word) for end, word in automaton.iter(folded.text)]
    hits, reach = [], 0
    for start, end, word in sorted(found, key=lambda each: (each[0], -each[1])):
        if end > reach:
            reach = end
            hits.append(Hit(word, folded.places[start], folded.places[end - 1] + 1))
    return hits
