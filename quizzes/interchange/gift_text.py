"""PURE: GIFT's escapes, and looking for the marks that are not escaped.

GIFT: https://docs.moodle.org/en/GIFT_format
"""

import re
from collections.abc import Iterator

_SPECIALS = "~=#{}:"
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)


def escape(text: str) -> str:
    text = text.replace("\\", "\\\\")
    for char in _SPECIALS:
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", "\\n")


def unescape(text: str) -> str:
    """A backslash before any other character stays, as in Moodle."""

    def mean(match: re.Match[str]) -> str:
        if match[1] == "n":
            return "\n"
        return match[1] if match[1] in _SPECIALS + "\\" else match[0]

    return _ESCAPED.sub(mean, text)


def find_unescaped(text: str, marks: str) -> Iterator[re.Match[str]]:
    """`marks` is a pattern."""
    for match in re.finditer(rf"\\.|({marks})", text, re.DOTALL):
        if match[1] is not None:
            yield match


def cut(text: str, marks: str) -> tuple[str, str]:
    """What is before the first unescaped mark, and what is after it; "" when there is none."""
    match = next(find_unescaped(text, marks), None)
    return (text[: match.start()], text[match.end() :]) if match else (text, "")


def read_format(text: str) -> tuple[str, str]:
    """ "[html]<b>甲</b>" → ("html", "<b>甲</b>"); the name is "" where none is given."""
    match = _FORMAT.match(text)
    return (match[1].lower(), text[match.end() :]) if match else ("", text)
