"""Whole numbers and decimals in Chinese characters: 十五, 一百零五, 两万三千, 三点五, 二〇二六."""

import re
from fractions import Fraction

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_READABLE = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?")


def read_chinese_number(text: str) -> Fraction | None:
    """The value, or None for what is no number or could be read in two ways."""
    if not _READABLE.fullmatch(text):
        return None
    whole, _point, decimals = text.partition("点")
    number = _read_digits(whole) if set(whole) <= _DIGITS.keys() else _read_whole(whole)
    if number is None or not decimals:
        return None if number is None else Fraction(number)
    return number + Fraction(_read_digits(decimals), 10 ** len(decimals))


def _read_digits(text: str) -> int:
    """One after another, as in a year."""
    return int("".join(str(_DIGITS[char]) for char in text))


def _read_whole(text: str) -> int | None:
    """Units must fall within a section, and sections from 亿 to 万: 五十三, not 五三十."""
    total, section, digit, last, last_large = 0, 0, None, 10**4, 10**12
    for char in text:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _SMALL:
            unit = _SMALL[char]
            if unit >= last or (digit is None and unit != 10) or digit == 0:
                return None
            section, digit, last = section + (digit or 1) * unit, None, unit
        else:
            unit = _LARGE[char]
            worth = section + (digit or 0)
            if unit >= last_large or not worth:
                return None
            total, section, digit, last, last_large = total + worth * unit, 0, None, 10**4, unit
    # "一百五" is said for 150, and "一万二" for 12,000.
    if digit and _is_short(text):
        return None
    return total + section + (digit or 0)


def _is_short(text: str) -> bool:
    return len(text) > 1 and text[-2] in "百千万亿"
