"""Which passage of a long text a search should jump to. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from cms.passages import Passage
from cms.search.tokens import normalise


class Fit(IntEnum):
    """How a passage answers a query, the best first."""

    STRING = 0
    ALL_WORDS = 1
    MOST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """`weight`: how many neighbouring passages are about it; `share`: of all passages."""

    passage: Passage
    fit: Fit
    weight: int
    share: float

    @property
    def order(self) -> tuple:
        """Texts that are about the words come before those that mention them."""
        return self.fit, -self.weight, -self.share


def choose_passage(passages: Sequence[Passage], query: str, words: Sequence[str]) -> Choice | None:
    """The best passage for the query's `words`; None when most of them are in none.

    Where several passages in a row hold the words, the text is about them there, and its first
    passage introduces them: article 23 of 反家庭暴力法 for 人身安全保护令, not the one that says it
    most often.
    """
    texts = [normalise(passage.text) for passage in passages]
    string, words = normalise(query).strip(), list(dict.fromkeys(words))
    for fit, needles in ((Fit.STRING, [string]), (Fit.ALL_WORDS, words)):
        holding = [at for at, text in enumerate(texts) if all(map(text.__contains__, needles))]
        if holding and any(needles):
            row = _longest_row(holding)
            first = next((at for at in row if passages[at].is_article), row[0])
            return Choice(passages[first], fit, len(row), len(holding) / len(passages))
    return _most_words(passages, texts, words)


def _longest_row(places: list[int]) -> list[int]:
    rows = [[places[0]]]
    for place in places[1:]:
        if place == rows[-1][-1] + 1:
            rows[-1].append(place)
        else:
            rows.append([place])
    return max(rows, key=len)


def _most_words(passages, texts: list[str], words: list[str]) -> Choice | None:
    held = [sum(word in text for word in words) for text in texts]
    most = max(held, default=0)
    if 2 * most <= len(words):
        return None
    return Choice(passages[held.index(most)], Fit.MOST_WORDS, 1, 1 / len(passages))
