"""From text to index terms, and from a query to the terms that a hit must hold. Pure.

Chinese is indexed by pairs of neighbouring characters (妇女权益 → 妇女, 女权, 权益), so that no
dictionary decides at indexing what can be found later. Words count at query time only.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from cms.search.words import cut, domain_words, is_word

# Beside the common block: 〇 々, extension A, compatibility forms, and everything beyond U+FFFF,
# where rare characters of names lie.
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
RUN = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
IS_HAN = re.compile(f"[{HAN}]")
# Longer texts would not fit into PostgreSQL's tsvector (1 MB).
MAX_INDEXED = 100_000
MAX_QUERY = 200
# Words of questions: they say nothing about what is looked for.
FILLERS = {
    *"的了吗呢吧啊么是在和与及或就都也很我你她他",
    *("什么", "怎么", "怎样", "如何", "哪些", "哪里", "为什么", "怎么办", "是不是", "可以", "请问"),
}


class Term(NamedTuple):
    """`is_prefix`: whatever begins with the text counts too."""

    text: str
    is_prefix: bool = False


def normalise(text: str) -> str:
    """Full-width digits and letters become plain, capitals small."""
    return unicodedata.normalize("NFKC", text).lower()


def is_han(text: str) -> bool:
    return bool(IS_HAN.match(text))


def runs(text: str) -> list[str]:
    """Runs of Chinese characters, and of letters and digits: HPV疫苗 are two."""
    return RUN.findall(normalise(text))


def index_text(text: str) -> str:
    """What the index holds of a text."""
    return " ".join(_index_terms(text[:MAX_INDEXED]))


def _index_terms(text: str) -> Iterator[str]:
    for run in runs(text):
        if is_han(run):
            yield from _pairs(run)
            # The last character alone: a query of one character finds it as any other.
            yield run[-1]
        else:
            yield run


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def query_tiers(query: str) -> list[list[Term]]:
    """Terms of the exact string, then those of all its dictionary words; either may be missing.

    The second finds 妇女权益保障 for 妇女的权益. It is left out where it would ask for the same.
    """
    query = query[:MAX_QUERY]
    exact = _unique(term for run in runs(query) for term in _terms(run))
    words = _unique(term for word in query_words(query) for term in _terms(word))
    return [tier for tier in ([exact] if words == exact else [exact, words]) if tier]


def query_words(query: str) -> list[str]:
    """The words that a hit must hold, wherever; fillers only if there is nothing else."""
    found = [word for run in runs(query) for word in (_words(run) if is_han(run) else [run])]
    return [word for word in found if word not in FILLERS] or found


def _terms(run: str) -> list[Term]:
    if not is_han(run):
        return [Term(run)]
    return [Term(pair) for pair in _pairs(run)] or [Term(run, is_prefix=True)]


def _words(run: str) -> list[str]:
    """Lone characters join a neighbour: they are names, or words that no dictionary knows."""
    words: list[str] = []
    may_join = False
    for part in (half for word in cut(run) for half in _halves(word)):
        if part in FILLERS:
            words.append(part)
            may_join = False
        elif may_join and 1 in (len(part), len(words[-1])):
            words[-1] += part
        else:
            words.append(part)
            may_join = True
    return words


def _halves(word: str) -> list[str]:
    """普法宣传 → 普法, 宣传: the dictionary has many pairs that people write apart."""
    halves = [word[:2], word[2:]]
    is_pair = len(word) == 4 and all(map(is_word, halves))
    return halves if is_pair and word not in domain_words() else [word]


def _unique(terms) -> list[Term]:
    return list(dict.fromkeys(terms))
