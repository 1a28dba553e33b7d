"""Numbers as people write them, read exactly: no binary fraction comes near a right answer."""

import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

from .chinese_numbers import read_chinese_number
from .grade import UNANSWERED, Grade, grade_share
from .text import fold_text

# Longer than any honest answer, and short enough to compute with.
MAX_DIGITS = 60

# 1234.5 or 1,234.5; "3,14" is refused: nobody knows whether three or three hundred is meant.
_DECIMAL = re.compile(
    r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+|(?=\.))(?:\.[0-9]+)?(?:e[+-]?[0-9]{1,2})?"
)
# 1×10^3 and 1×10³
_POWER = re.compile(r"\s*[×xX*]\s*10\s*(?:\^\s*([+−-]?[0-9]{1,2})|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
# The space in "1 1/2", which would fold to eleven halves.
_MIXED_SPACE = re.compile(r"(?<=\d)\s+(?=\d+\s*[/／]\s*\d)")
# Characters of no meaning to anybody: between a whole number and its fraction, before a digit that
# is written raised, lowered or circled. NFKC would make 102 of 10².
_AND, _RAISED = "\ue000", "\ue001"
_SIGNS = str.maketrans({**dict.fromkeys("−–—负", "-"), "正": "+", "。": "."})
_FACTORS = {
    "%": Fraction(1, 100),
    "‰": Fraction(1, 1000),
    "万": Fraction(10**4),
    "亿": Fraction(10**8),
}


def grade_number(*, low: Fraction, high: Fraction, given: str, units: Sequence[str] = ()) -> Grade:
    """All the points for a number from `low` to `high`, both included."""
    if low > high:
        raise ValueError("the lower bound is above the upper one")
    if not fold_text(given):
        return UNANSWERED
    number = read_number(given, units)
    return grade_share(right=int(number is not None and low <= number <= high), total=1)


def read_number(text: str, units: Sequence[str] = ()) -> Fraction | None:
    """The exact value of "１,234.5", "-3。5", "1/3", "1½", "1e3", "1×10³", "25%", "1.2万", "十五"
    or "60平方米"; else None.

    A unit may stand behind the number when it is one of `units`; it never changes the value.
    """
    spelled = _spell_out(text)
    bare = _drop_unit(fold_text(spelled), units)
    if not fold_text("".join(map(_mark_raised, spelled))).startswith(bare):
        return None
    folded = bare.translate(_SIGNS)
    if not folded or len(folded) > MAX_DIGITS:
        return None
    if (chinese := read_chinese_number(folded)) is not None:
        return chinese
    factor = _FACTORS.get(folded[-1], Fraction(1))
    number = _read_mixed(folded[:-1] if folded[-1] in _FACTORS else folded)
    return None if number is None else number * factor


def show_number(number: Fraction) -> str:
    """Exact: as a decimal where it ends, else as a fraction."""
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    if rest != 1 or not places:
        return str(number)
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    return f"{'-' if number < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _spell_out(text: str) -> str:
    """Powers of ten and fractions as they can be read after folding."""
    powers = _POWER.sub(lambda found: f"e{found[1] or found[2].translate(_LOWERED)}", text)
    return "".join(map(_spell_fraction, _MIXED_SPACE.sub(_AND, powers)))


def _spell_fraction(char: str) -> str:
    if not unicodedata.decomposition(char).startswith("<fraction>"):
        return char
    return _AND + unicodedata.normalize("NFKC", char).replace("⁄", "/")


def _mark_raised(char: str) -> str:
    kind = unicodedata.decomposition(char).partition(" ")[0]
    return _RAISED + char if kind in ("<super>", "<sub>", "<circle>") else char


def _drop_unit(folded: str, units: Sequence[str]) -> str:
    for unit in sorted(map(fold_text, units), key=len, reverse=True):
        if unit and folded.endswith(unit):
            return folded.removesuffix(unit)
    return folded


def _read_mixed(text: str) -> Fraction | None:
    whole, mark, rest = text.partition(_AND)
    if not mark:
        return _read_ratio(text)
    number = _read_decimal(whole) if whole.strip("+-") else Fraction(0)
    share = _read_ratio(rest)
    is_mixed = number is not None and number.denominator == 1 and share and 0 < share < 1
    return number + (-share if whole.startswith("-") else share) if is_mixed else None


def _read_ratio(text: str) -> Fraction | None:
    above, bar, below = text.partition("/")
    numerator = _read_decimal(above)
    if not bar or numerator is None:
        return numerator
    denominator = _read_decimal(below)
    return numerator / denominator if denominator else None


def _read_decimal(text: str) -> Fraction | None:
    is_number = _DECIMAL.fullmatch(text) and text[-1:].isdecimal()
    return Fraction(text.replace(",", "")) if is_number else None
