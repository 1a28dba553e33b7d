"""Sensitive words in a page: which, where and why. A person decides."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Count, Max
from wagtail.models import Page

from cms.models import ReviewRecord, SensitiveWord, Severity
from cms.words.matching import Hit, build, find, fold_word
from cms.words.texts import Passage, passages_of

AROUND = 20


@dataclass(frozen=True)
class Spot:
    """Where a word stands, with what is around it."""

    place: str
    before: str
    found: str
    after: str


@dataclass
class FoundWord:
    word: str
    kind: str
    advice: str
    needs_reason: bool
    spots: list[Spot] = field(default_factory=list)
    reason: str = ""


@dataclass(frozen=True)
class _List:
    """The list that was in force, made ready."""

    version: tuple
    rows: dict[str, SensitiveWord]
    automaton: Any


class _Kept:
    """Made once for each process and version. Threads share it, so it is exchanged as a whole: a
    word must not be found with one list and looked up in another."""

    list: _List | None = None

    def read(self) -> _List:
        facts = SensitiveWord.objects.aggregate(count=Count("pk"), last=Max("changed_at"))
        version, kept = tuple(facts.values()), self.list
        if kept is None or kept.version != version:
            words = SensitiveWord.objects.filter(is_on=True)
            rows = {word.folded: word for word in words}
            kept = self.list = _List(version, rows, build(rows))
        return kept


_KEPT = _Kept()


def find_words(page: Page) -> list[FoundWord]:
    """The words of the list in `page` (specific, with the text that is asked about)."""
    words = _KEPT.read()
    found: dict[str, FoundWord] = {}
    for passage in passages_of(page):
        for hit in find(words.automaton, passage.text):
            if hit.word not in found:
                found[hit.word] = _describe(words.rows[hit.word])
            found[hit.word].spots.append(_spot(passage, hit))
    return list(found.values())


def words_in(text: str) -> list[SensitiveWord]:
    """The words of the list in a text that is no page, each once, as they come."""
    words = _KEPT.read()
    found = dict.fromkeys(hit.word for hit in find(words.automaton, text))
    return [words.rows[word] for word in found]


def _describe(word: SensitiveWord) -> FoundWord:
    return FoundWord(
        word=word.word,
        kind=word.get_kind_display(),
        advice=word.advice,
        needs_reason=word.severity == Severity.CHECK,
    )


def _spot(passage: Passage, hit: Hit) -> Spot:
    text = passage.text
    return Spot(
        place=passage.place,
        before=text[max(0, hit.start - AROUND) : hit.start],
        found=text[hit.start : hit.end],
        after=text[hit.end : hit.end + AROUND],
    )


def with_reasons(page_id: int, words: list[FoundWord]) -> list[FoundWord]:
    """The reasons that were given for the same words when the page was last submitted."""
    rows = ReviewRecord.objects.filter(page_id=page_id).exclude(words=[])
    last = rows.values_list("words", flat=True).first() or []
    reasons = {each["word"]: each["reason"] for each in last}
    for word in words:
        word.reason = reasons.get(word.word, "")
    return words


def as_rows(words: list[FoundWord]) -> list[dict]:
    return [asdict(word) for word in words]


def add_words(lines: str, *, kind: str, severity: str) -> tuple[int, list[str]]:
    """Take a pasted list: one word a line, its advice behind a tab or “=>”.

    Returns how many are new, and the lines that hold nothing to look for or too much of it. A word
    that is there already keeps what was said of it.
    """
    known = set(SensitiveWord.objects.values_list("folded", flat=True))
    longest = {name: SensitiveWord._meta.get_field(name).max_length for name in ["word", "advice"]}
    new, refused = [], []
    for line in filter(None, map(str.strip, lines.splitlines())):
        word, _sign, advice = line.replace("\t", "=>", 1).partition("=>")
        word, advice = word.strip(), advice.strip()
        folded = fold_word(word)
        if not folded or len(word) > longest["word"] or len(advice) > longest["advice"]:
            refused.append(line)
        elif folded not in known:
            known.add(folded)
            new.append(
                SensitiveWord(word=word, folded=folded, kind=kind, severity=severity, advice=advice)
            )
    SensitiveWord.objects.bulk_create(new, batch_size=500)
    return len(new), refused
