"""The words of a query marked in a text, and the piece of a text around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from cms.search.tokens import normalise

WIDTH, BEFORE = 90, 24
ENDS = re.compile(r"[。！？；\n]")


@dataclass(frozen=True, slots=True)
class Needles:
    """What is marked: the query as it is typed or, where that does not occur, each of its words."""

    string: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, query: str, words: Sequence[str]) -> "Needles":
        return cls(normalise(query).strip(), tuple(dict.fromkeys(words)))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Places of `text`, from and to, in order and apart from each other."""
        plain, origins = _plain(text)
        found = _find(plain, [self.string]) or _find(plain, self.words)
        return [(origins[start], origins[end - 1] + 1) for start, end in found]


def _plain(text: str) -> tuple[str, list[int]]:
    """The text as it is searched, and where each of its characters comes from."""
    pieces = [normalise(sign) for sign in text]
    origins = [at for at, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), origins


def _find(plain: str, needles: Sequence[str]) -> list[tuple[int, int]]:
    # The longest first, so that no shorter one cuts it short.
    longest = sorted(filter(None, needles), key=len, reverse=True)
    if not longest:
        return []
    return [found.span() for found in re.finditer("|".join(map(re.escape, longest)), plain)]


def mark(text: str, needles: Needles) -> SafeString:
    """Escaped, with <mark> around what was looked for."""
    parts, at = [], 0
    for start, end in needles.spans(text):
        parts += [escape(text[at:start]), format_html("<mark>{}</mark>", text[start:end])]
        at = end
    parts.append(escape(text[at:]))
    return mark_safe("".join(parts))  # noqa: S308 each part is escaped


def snippet(text: str, needles: Needles) -> SafeString:
    """A line or two around the first place; the beginning of the text where there is none."""
    text = text[:20_000]
    spans = needles.spans(text)
    start = _start(text, spans[0][0]) if spans else 0
    piece = " ".join(text[start : start + WIDTH].split())
    dots = "…" if start + WIDTH < len(text.rstrip()) else ""
    return mark_safe(f"{'…' if start else ''}{mark(piece, needles)}{dots}")  # noqa: S308


def _start(text: str, place: int) -> int:
    """The beginning of the sentence, if it is not far."""
    earliest = max(0, place - BEFORE)
    ends = [found.end() for found in ENDS.finditer(text, earliest, place)]
    return ends[-1] if ends else earliest if earliest > 0 else 0
