"""A certificate's number: 2026-7K3M-Q9XT-H, the year, 40 random bits and a check letter.

Without I, L, O and U, which are taken for other letters. The check is linear over GF(32): every
place has a factor of its own, so one wrong letter, or any two that changed places, never pass.
"""

import re
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_BITS = 40
YEAR_LETTERS, RANDOM_LETTERS = 4, 8
LENGTH = YEAR_LETTERS + RANDOM_LETTERS + 1
# x⁵ + x² + 1, which makes 2 a generator of the field.
_POLYNOMIAL = 0b100101
_LOOK_ALIKES = str.maketrans("OILU", "011V")
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


class NotANumber(ValueError):
    """What was typed cannot be a certificate's number."""


class WrongLength(NotANumber):
    """`count` letters and digits were typed."""

    def __init__(self, count: int):
        super().__init__(count)
        self.count = count


class WrongCheck(NotANumber):
    """It has the right form, so a letter of it was mistyped."""


def make_number(*, year: int, draw: int) -> str:
    """`draw` is a random integer below 2**RANDOM_BITS; returns 13 letters without hyphens."""
    letters = [ALPHABET[draw >> (5 * place) & 31] for place in range(RANDOM_LETTERS)]
    body = f"{year:04d}" + "".join(letters)
    return body + _check_letter(body)


def read_number(typed: str) -> str:
    """The number as it is stored, whatever its case, spaces, hyphens and look-alikes.

    Raises WrongLength or WrongCheck.
    """
    plain = unicodedata.normalize("NFKC", typed[:100]).upper().translate(_LOOK_ALIKES)
    letters = "".join(letter for letter in plain if letter in _VALUES)
    if len(letters) != LENGTH:
        raise WrongLength(len(letters))
    if _check_letter(letters[:-1]) != letters[-1]:
        raise WrongCheck
    return letters


def show_number(number: str) -> str:
    """2026-7K3M-Q9XT-H"""
    return re.sub(r"^(.{4})(.{4})(.{4})(.)$", r"\1-\2-\3-\4", number)


def _check_letter(body: str) -> str:
    total = 0
    for place, letter in enumerate(body):
        total ^= _multiply(_POWERS[place + 1], _VALUES[letter])
    return ALPHABET[total]


def _multiply(a: int, b: int) -> int:
    """The product in GF(32)."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        b >>= 1
        a <<= 1
        if a & 32:
            a ^= _POLYNOMIAL
    return product


def _powers() -> list[int]:
    """1, 2, 4, …: the 31 powers of 2 in GF(32), all different. The check letter has the first."""
    powers = [1]
    while len(powers) < 31:
        powers.append(_multiply(powers[-1], 2))
    return powers


_POWERS = _powers()
