"""Numbers of a law's articles: 第二十三条之一 is the anchor `a23-1`. Pure."""

import re
import unicodedata

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
NUMERAL = rf"[{''.join(DIGITS)}{''.join(UNITS)}0-9]{{1,12}}"
# 第二十三条之一, as a law writes it; a reader who looks for it types 23, 23条 or 二十三之一.
ARTICLE = re.compile(rf"第({NUMERAL})条(?:之({NUMERAL}))?")
TYPED = re.compile(rf"第?({NUMERAL})条?(?:[之\-]({NUMERAL}))?")


def article_anchor(number: str) -> str:
    """The anchor of an article by its number; empty for what is none."""
    return _anchor(ARTICLE.fullmatch(_plain(number)))


def typed_anchor(text: str) -> str:
    """The anchor of the article that a reader asks for; empty for what is no number."""
    return _anchor(TYPED.fullmatch(_plain(text)))


def read_numeral(text: str) -> int:
    """二十三, 一百零五, 一〇五 or 23 as a number."""
    if text.isascii():
        return int(text)
    if not set(text) & set(UNITS):
        return int("".join(str(DIGITS.get(sign, sign)) for sign in text))
    return _add_up(text)


def _add_up(text: str) -> int:
    """Digits count as many times as the unit behind them says: 二十 is twice ten, 十 once."""
    total, digit = 0, None
    for sign in text:
        if sign in UNITS:
            total += (1 if digit is None else digit) * UNITS[sign]
            digit = None
        else:
            digit = DIGITS[sign] if sign in DIGITS else (digit or 0) * 10 + int(sign)
    return total + (digit or 0)


def _plain(text: str) -> str:
    """Without spaces, and with the digits and dashes of an ASCII keyboard."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("—", "-")


def _anchor(found: re.Match | None) -> str:
    if not found:
        return ""
    numbers = [read_numeral(part) for part in found.groups() if part]
    return "a" + "-".join(str(number) for number in numbers)
