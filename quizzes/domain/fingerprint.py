"""When two questions are the same question, and when their keys agree.

Nothing here knows the types: they say what their questions consist of (`QuestionType.family`,
`texts` and `key_facts`).
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.grading import fold_text

# Between digits these carry the meaning: 1.5 is not 15, 3/4 not 34, 5-7 not 57.
_NUMERIC_MARK = re.compile(r"(?<=\d)[./:-](?=\d)|(?<=\d)[%‰]|(?<!\d)-(?=\d)")
_DROPPED_CATEGORIES = ("P", "Z", "C")


def fingerprint(*, family: str, stem: str, texts: Sequence[str]) -> str:
    """64 hex digits, equal for questions that a reader would call the same.

    `texts` count in any order; the key is not among them.
    """
    folded = _fold_texts(texts)
    parts = sorted(folded[text] for text in texts)
    wording = [family, fold_wording(stem) or fold_text(stem), parts]
    return hashlib.sha256(json.dumps(wording).encode()).hexdigest()


def fold_wording(text: str) -> str:
    """Fold width and case; drop whitespace and punctuation, except within numbers."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = {place for mark in _NUMERIC_MARK.finditer(folded) for place in range(*mark.span())}
    return "".join(
        char
        for place, char in enumerate(folded)
        if place in kept or unicodedata.category(char)[0] not in _DROPPED_CATEGORIES
    )


def fold_key(*, texts: Sequence[str], key: Any) -> str:
    """What is right, as text that is equal for equal keys.

    `key` is JSON; what it names of `texts` is folded as in the fingerprint.
    """
    return json.dumps(_fold_deeply(key, _fold_texts(texts)), sort_keys=True)


def _fold_texts(texts: Sequence[str]) -> dict[str, str]:
    """Each text's folded form. Texts that differ by punctuation alone keep it."""
    folded = {text: fold_wording(text) for text in texts}
    is_clear = all(folded.values()) and len(set(folded.values())) == len(texts)
    return folded if is_clear else {text: fold_text(text) for text in texts}


def _fold_deeply(value: Any, folded: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return folded.get(value) or fold_text(value)
    if isinstance(value, list | tuple):
        return [_fold_deeply(each, folded) for each in value]
    return value
