"""What a format has no place for, kept beside each question as one line of JSON.

Other programs pass over it. It never says what is asked: the wording is the format's own, so that
a question changed by another program is read as changed.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .entries import RawQuestion
from .numbers import is_same_number

_TEXTS = ("knowledge_point", "source")
_LISTS = ("tags", "answers")
# Two choices 对 and 错 may be either.
_LIKE_EACH_OTHER = frozenset({"single", "judge"})
# Model answers and tolerances in per cent: formats hold them otherwise, or not at all.
_FREE_ANSWERS = frozenset({"short", "numeric"})
_NUMBERS = frozenset({"numeric"})
MOST_CHARS = 100_000


def write_memo(question: RawQuestion) -> str:
    answers = question.answers if question.type in _FREE_ANSWERS else ()
    memo = {
        "type": question.type,
        "settings": dict(question.settings),
        "difficulty": question.difficulty,
        "knowledge_point": question.knowledge_point,
        "source": question.source,
        "tags": list(question.tags),
        "answers": list(answers),
    }
    # Always there, so that an empty knowledge point is not taken from the category.
    kept = {name: value for name, value in memo.items() if value or name == "knowledge_point"}
    return json.dumps(kept, ensure_ascii=False)


def apply_memo(question: RawQuestion, text: str) -> RawQuestion:
    """The question with what the memo adds; anything that is no memo adds nothing."""
    memo = _read(text)
    changes: dict[str, Any] = {
        name: memo[name] for name in _TEXTS if isinstance(memo.get(name), str)
    }
    if memo.get("difficulty") in range(1, 6):
        changes["difficulty"] = int(memo["difficulty"])
    if _is_texts(memo.get("tags")):
        changes["tags"] = tuple(memo["tags"])
    if {question.type, str(memo.get("type"))} <= _LIKE_EACH_OTHER:
        changes["type"] = memo["type"]
    if isinstance(memo.get("settings"), Mapping) and _is_texts(list(memo["settings"].values())):
        changes["settings"] = {**question.settings, **memo["settings"]}
    question = replace(question, **changes)
    if _is_texts(memo.get("answers")) and _may_answer(question, tuple(memo["answers"])):
        return replace(question, answers=tuple(memo["answers"]))
    return question


def _may_answer(question: RawQuestion, kept: tuple[str, ...]) -> bool:
    """A model answer that the format has no place for, or a number written in another way."""
    is_number = question.type in _NUMBERS
    return not any(question.answers) or (
        is_number and is_same_number(question.answers, kept, question.settings)
    )


def _read(text: str) -> Mapping[str, Any]:
    if len(text) > MOST_CHARS:
        return {}
    try:
        memo = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return memo if isinstance(memo, dict) else {}


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
