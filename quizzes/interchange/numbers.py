"""The answers of numeric questions, as "3.14", "3.14±0.01", "3.14±1%" or "3~4"."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from quizzes.question_types.base import Authoring, QuestionError
from quizzes.question_types.registry import get_type

from .entries import RawQuestion

_NUMBER = r"([+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:e[+-]?\d{1,2})?)"
_WITHIN = re.compile(rf"{_NUMBER}(?:±{_NUMBER})?", re.IGNORECASE)
_RANGE = re.compile(rf"{_NUMBER}~{_NUMBER}", re.IGNORECASE)
# Other formats hold decimal numbers: a third is written with so many digits.
DIGITS = 12


@dataclass(frozen=True, slots=True)
class Span:
    """From `low` to `high`, both right; `has_middle` where an author named a number between."""

    low: Fraction
    high: Fraction
    has_middle: bool = True

    @property
    def middle(self) -> str:
        return write_number((self.low + self.high) / 2)

    @property
    def tolerance(self) -> str:
        return write_number((self.high - self.low) / 2)


def read_span(text: str) -> Span | None:
    """What another format says; None for what is no number."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    if match := _RANGE.fullmatch(folded):
        return Span(*sorted(map(_read_number, match.groups())), has_middle=False)
    if match := _WITHIN.fullmatch(folded):
        value, tolerance = _read_number(match[1]), abs(_read_number(match[2] or "0"))
        return Span(value - tolerance, value + tolerance)
    return None


def write_span(span: Span) -> str:
    """As an editor writes it."""
    if not span.has_middle:
        return f"{write_number(span.low)}~{write_number(span.high)}"
    return f"{span.middle}±{span.tolerance}" if span.low < span.high else span.middle


def span_of(question: RawQuestion) -> Span | None:
    """What the type makes of a numeric question's answer."""
    spec = _parse(question.answers, question.settings)
    if spec is None:
        return None
    return Span(spec.low, spec.high, has_middle=not re.search("[~～]", question.answers[0]))


def is_same_number(
    read: tuple[str, ...], kept: tuple[str, ...], settings: Mapping[str, str]
) -> bool:
    """Whether one number is meant, written in two ways."""
    one, other = _parse(read, settings), _parse(kept, settings)
    if one is None or other is None:
        return False
    slack = Fraction(2, 10**DIGITS)
    pairs = ((one.low, other.low), (one.high, other.high))
    return all(abs(mine - its) <= slack * max(1, abs(its)) for mine, its in pairs)


def write_number(number: Fraction) -> str:
    """Without exponent or needless zeros."""
    text = f"{round(Decimal(number.numerator) / Decimal(number.denominator), DIGITS):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if text not in ("-0", "") else "0"


def _read_number(text: str) -> Fraction:
    return Fraction(Decimal(text))


def _parse(answers: tuple[str, ...], settings: Mapping[str, str]):
    try:
        return get_type("numeric").parse(Authoring("", (), answers, settings))
    except QuestionError:
        return None
