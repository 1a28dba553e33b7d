"""When two questions are the same question, and when their keys agree."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from quizzes.grading import fold_text

# Single and multiple choice ask the same thing of the same options: the key differs.
_FAMILIES = {"single": "choice", "multiple": "choice"}

# Between digits these carry the meaning: 1.5 is not 15, 3/4 not 34, 5-7 not 57.
_NUMERIC_MARK = re.compile(r"(?<=\d)[./:-](?=\d)|(?<=\d)[%‰]|(?<!\d)-(?=\d)")
_DROPPED_CATEGORIES = ("P", "Z", "C")


def fingerprint(*, type: str, stem: str, data: Mapping[str, Any]) -> str:
    """64 hex digits, equal for questions that a reader would call the same.

    `data` is the type's JSON; its options count in any order, its key does not count.
    """
    options = sorted(_fold_options(data).values())
    wording = [_FAMILIES.get(type, type), fold_wording(stem) or fold_text(stem), options]
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


def read_key(data: Mapping[str, Any]) -> str:
    """What is right, as text that is equal for equal keys whatever the order of the options."""
    options = _fold_options(data)
    key = {name: value for name, value in data.items() if name != "options"}
    if options:
        key["right"] = sorted(options[option_id] for option_id in data["right"])
    return json.dumps(_fold_deeply(key), sort_keys=True)


def _fold_options(data: Mapping[str, Any]) -> dict[str, str]:
    """Option texts by id. Those that differ by punctuation alone keep it."""
    texts = {option["id"]: option["text"] for option in data.get("options", ())}
    folded = {option_id: fold_wording(text) for option_id, text in texts.items()}
    is_clear = all(folded.values()) and len(set(folded.values())) == len(folded)
    return folded if is_clear else {key: fold_text(text) for key, text in texts.items()}


def _fold_deeply(value: Any) -> Any:
    if isinstance(value, str):
        return fold_text(value)
    if isinstance(value, Mapping):
        return {name: _fold_deeply(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_fold_deeply(each) for each in value]
    return value
