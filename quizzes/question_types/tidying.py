"""Cleaning text that came out of workbooks and word processors."""

import re
import unicodedata

from .markers import tidy_markers

# A line wrapped inside a cell: Chinese needs no space where it broke, Latin text does.
_WRAPPED_CHINESE = re.compile(r"(?<=[^\x00-\x7f])\s*[\r\n]+\s*(?=[^\x00-\x7f])")


def tidy_text(text: str) -> str:
    """One line, without control characters, which PostgreSQL's JSON would refuse."""
    line = " ".join(_WRAPPED_CHINESE.sub("", text).split())
    return tidy_markers(drop_unstorable(line).strip())


def drop_unstorable(text: str) -> str:
    """Drop control characters and lone surrogates."""
    return "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cs"})


def tidy_block(text: str) -> str:
    """Text with its lines kept, and the spaces too: a wide gap in a stem is a blank.

    Control characters go, which PostgreSQL refuses.
    """
    lines = text.replace("\t", " ").splitlines()
    return tidy_markers("\n".join(drop_unstorable(line) for line in lines).strip())


def read_typed_text(value: str, longest: int) -> str:
    """What a member typed, as it is kept: storable, trimmed, at most `longest` characters.

    Reading it a second time changes nothing more.
    """
    text = value if isinstance(value, str) else ""
    return drop_unstorable(text).strip()[:longest].strip()
