"""Cleaning text that came out of workbooks and word processors."""

import re
import unicodedata

# A line wrapped inside a cell: Chinese needs no space where it broke, Latin text does.
_WRAPPED_CHINESE = re.compile(r"(?<=[^\x00-\x7f])\s*[\r\n]+\s*(?=[^\x00-\x7f])")


def tidy_text(text: str) -> str:
    """One line, without control characters, which PostgreSQL's JSON would refuse."""
    line = " ".join(_WRAPPED_CHINESE.sub("", text).split())
    return drop_unstorable(line).strip()


def drop_unstorable(text: str) -> str:
    """Drop control characters and lone surrogates."""
    return "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cs"})
