"""Numbers as Word writes them in front of paragraphs. Pure."""

DIGITS = "零一二三四五六七八九"
CIRCLED_ONE = ord("①")
ROMAN = [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]


def write_number(number: int, number_format: str) -> str:
    """`number_format` is Word's ST_NumberFormat; what is not known here is written in digits."""
    if number_format in ("bullet", "none"):
        return ""
    write = _WRITERS.get(number_format)
    return (write and write(number)) or str(number)


def _chinese(number: int) -> str:
    """Up to 99; nobody numbers on by hand."""
    if not 0 < number < 100:
        return ""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return ten + (DIGITS[ones] if ones else "")


def _letter(number: int) -> str:
    return chr(ord("a") + number - 1) if 0 < number <= 26 else ""


def _roman(number: int) -> str:
    if not 0 < number < 40:
        return ""
    written = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written


def _circled(number: int) -> str:
    return chr(CIRCLED_ONE + number - 1) if 0 < number <= 20 else ""


_WRITERS = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "ideographDigital",
        ),
        _chinese,
    ),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
}
