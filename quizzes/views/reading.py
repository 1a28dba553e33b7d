"""What a page posts: the outbox's JSON or a plain form, read into the same answer."""

import json
import time
from dataclasses import dataclass

from cms.converters import read_number


def wants_json(request) -> bool:
    return request.content_type == "application/json"


@dataclass(frozen=True)
class PostedAnswer:
    """`number` counts from 1, `sequence` is in milliseconds on the server's clock."""

    number: int
    values: list[str]
    sequence: int
    go: str = ""

    @classmethod
    def read(cls, request) -> "PostedAnswer | None":
        """None when the body is not an answer at all."""
        return cls._from_json(request.body) if wants_json(request) else cls._from_form(request.POST)

    @classmethod
    def _from_json(cls, body: bytes) -> "PostedAnswer | None":
        try:
            data = json.loads(body)
            number, values, sequence = data["index"], data["response"], data["seq"]
        except (ValueError, TypeError, KeyError, RecursionError):
            return None
        texts = isinstance(values, list) and all(isinstance(value, str) for value in values)
        if not texts or type(number) is not int or type(sequence) is not int or number < 1:
            return None
        return cls(number, [clean(value) for value in values], max(0, sequence))

    @classmethod
    def _from_form(cls, form) -> "PostedAnswer | None":
        """Without JavaScript there is no sequence: the form counts as of its arrival."""
        number, sequence = read_number(form.get("index", "")), read_number(form.get("seq", ""))
        if not number:
            return None
        return cls(
            number=number,
            values=[clean(value) for value in form.getlist("response")],
            sequence=round(time.time() * 1000) if sequence is None else sequence,
            go=form.get("go", ""),
        )


def clean(value: str) -> str:
    """Without the two things that no database keeps as JSON: NUL and lone surrogates."""
    return value.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
