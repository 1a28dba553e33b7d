"""Moodle's fields inside a text: "首都是{1:SHORTANSWER:=北京~=北京市}" """

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .gift_answers import ALTERNATIVES
from .stem_fields import FIELD, place_fields, take_fields
from .wildcards import read_literal

_FIELD = re.compile(r"\{\d*:([A-Z_]+):((?:\\.|[^\\}])*)\}", re.DOTALL)
_TEXT_KINDS = ("SHORTANSWER", "SA", "MW")
_CASE_KINDS = ("SHORTANSWER_C", "SAC", "MWC")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED_PAIR = re.compile(r"\\[^*]", re.DOTALL)
_SPECIALS = re.compile(r'([\\}#~/"*])')
_WEIGHT = re.compile(r"(?:=|%100%)")


@dataclass(frozen=True, slots=True)
class Cloze:
    stem: str
    answers: tuple[str, ...]
    settings: Mapping[str, str] = field(default_factory=dict)


def read_cloze(text: str) -> Cloze | None:
    """None when there is no field, or one that asks for something else than a text.

    Raises WildcardError.
    """
    fields = list(_FIELD.finditer(text))
    kinds = {match[1] for match in fields}
    if not fields or not kinds <= {*_TEXT_KINDS, *_CASE_KINDS}:
        return None
    answers = tuple(ALTERNATIVES.join(_read_right(match[2])) for match in fields)
    keeps_case = kinds <= set(_CASE_KINDS)
    stem = take_fields(_FIELD.sub(FIELD, text.replace(FIELD, "")))
    return Cloze(stem, answers, {"case_sensitive": "yes"} if keeps_case else {})


def write_cloze(stem: str, answers: Sequence[str]) -> str | None:
    """None when the stem itself reads like a field."""
    if _FIELD.search(stem) or FIELD in stem:
        return None
    text = place_fields(stem, len(answers))
    for answer in answers:
        right = "~".join(f"={_SPECIALS.sub(_escape, each)}" for each in answer.split(ALTERNATIVES))
        text = text.replace(FIELD, f"{{1:SHORTANSWER:{right}}}", 1)
    return text


def _escape(match: re.Match[str]) -> str:
    return f"\\{match[1]}"


def _read_right(body: str) -> list[str]:
    right = []
    for piece in _split(body):
        if weight := _WEIGHT.match(piece):
            text = _cut_feedback(piece[weight.end() :])
            read_literal(_ESCAPED_PAIR.sub("", text))
            right.append(_ESCAPED.sub(lambda match: match[1], text).strip())
    return right


def _split(body: str) -> list[str]:
    pieces, start = [], 0
    for match in re.finditer(r"\\.|(~)", body, re.DOTALL):
        if match[1]:
            pieces.append(body[start : match.start()])
            start = match.end()
    return [*pieces, body[start:]]


def _cut_feedback(text: str) -> str:
    for match in re.finditer(r"\\.|(#)", text, re.DOTALL):
        if match[1]:
            return text[: match.start()]
    return text
