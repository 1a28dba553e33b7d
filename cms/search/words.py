"""Dictionary words: a general dictionary and the field's own words beside it. Pure."""

from functools import cache
from pathlib import Path

import rjieba

WORDS_FILE = Path(__file__).with_name("words.txt")


@cache
def domain_words() -> tuple[str, ...]:
    """The field's words, the better known first."""
    lines = WORDS_FILE.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _dictionary():
    """The library's own instance, which it makes as it is imported (31 MB); a second one would take
    24 MB more. Nothing else here uses it.

    It learns what would fall into lone characters (两, 癌, 筛查); 妇女权益 stays two words.
    """
    for word in domain_words():
        if any(len(part) == 1 for part in rjieba.cut(word, hmm=False)):
            rjieba.add_word(word, None, None)
    return rjieba


def is_word(text: str) -> bool:
    return _dictionary().has_word(text)


def cut(text: str) -> list[str]:
    """The words of a run of Chinese characters; what is unknown comes as lone characters."""
    return _dictionary().cut(text, hmm=False)


def word_starts(text: str) -> list[int]:
    """Where words begin in a run of Chinese characters, also those within longer ones."""
    words = _dictionary().tokenize(text, "search", hmm=False)
    return sorted({start for _word, start, _end in words})
