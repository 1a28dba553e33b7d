"""What a page posts: the outbox's JSON or a plain form, read into the same answers."""

import json
import re
import time
from dataclasses import dataclass

from members.converters import read_number
from quizzes.domain.attempts import GivenAnswer
from quizzes.domain.attempts.saving import holds_anything
from quizzes.presenting import mark_of
from quizzes.question_types.base import INPUT_NAME

# More than any quiz has; a longer page is not ours.
MAX_QUESTIONS = 500
# The name of an input, after the question's own prefix: "response", in a case "response.2".
INPUT = re.compile(rf"(?:q(?P<place>\d{{1,4}})\.)?{INPUT_NAME}(?:\.(?P<part>\d{{1,3}}))?")


def wants_json(request) -> bool:
    return request.content_type == "application/json"


@dataclass(frozen=True)
class PostedAnswer:
    """`number` counts from 1, `sequence` is in milliseconds on the server's clock."""

    number: int
    values: list[str]
    sequence: int
    go: str = ""
    # By JSON: to be told in the reply whether the answer can be read.
    wants_hint: bool = False
    # By form: the hint that stood beside the answer when she sent it.
    told: str = ""

    @property
    def asks_for_check(self) -> bool:
        return self.go == "check"

    @property
    def as_given(self) -> GivenAnswer:
        return GivenAnswer(index=self.number - 1, values=self.values, sequence=self.sequence)

    @classmethod
    def read(cls, request) -> "PostedAnswer | None":
        """None when the body is not an answer at all."""
        if wants_json(request):
            return cls.from_json(read_json(request.body))
        return cls._from_form(request.POST)

    @classmethod
    def from_json(cls, data) -> "PostedAnswer | None":
        try:
            number, values, sequence = data["index"], data["response"], data["seq"]
        except (TypeError, KeyError):
            return None
        texts = isinstance(values, list) and all(isinstance(value, str) for value in values)
        if not texts or type(number) is not int or type(sequence) is not int or number < 1:
            return None
        go = "check" if data.get("check") is True else ""
        cleaned = [clean(value) for value in values]
        return cls(number, cleaned, max(0, sequence), go, wants_hint=data.get("hint") is True)

    @classmethod
    def _from_form(cls, form) -> "PostedAnswer | None":
        """Without JavaScript there is no sequence: the form counts as of its arrival."""
        number, sequence = read_number(form.get("index", "")), read_number(form.get("seq", ""))
        if not number:
            return None
        return cls(
            number=number,
            values=read_places(form).get(None, []),
            sequence=now_in_ms() if sequence is None else sequence,
            go=form.get("go", ""),
            told=form.get("told", ""),
        )


def read_json(body: bytes):
    """None when it is no JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def read_batch(body: bytes) -> list[PostedAnswer] | None:
    """{"answers": [the outbox's bodies]}; None when anything in it is not an answer."""
    data = read_json(body)
    bodies = data.get("answers") if isinstance(data, dict) else None
    if not isinstance(bodies, list) or not 0 < len(bodies) <= MAX_QUESTIONS:
        return None
    posted = [PostedAnswer.from_json(each) for each in bodies]
    return None if None in posted else posted


def newest(posted: list[PostedAnswer]) -> list[GivenAnswer]:
    """One answer for each question: of several the one with the highest sequence."""
    by_number: dict[int, PostedAnswer] = {}
    for each in posted:
        known = by_number.get(each.number)
        if known is None or known.sequence <= each.sequence:
            by_number[each.number] = each
    return [each.as_given for each in by_number.values()]


def read_page(form) -> list[GivenAnswer] | None:
    """The whole page as one form, without JavaScript; it counts as of its arrival.

    `count` says how many questions stood on the page. A question whose answer is as it was there is
    left alone: another phone may have changed it since. None when the form is not such a page.
    """
    count, sequence = read_number(form.get("count", "")), now_in_ms()
    if not count or count > MAX_QUESTIONS:
        return None
    places = read_places(form)
    return [
        GivenAnswer(index=index, values=places.get(index, []), sequence=sequence)
        for index in range(count)
        if is_changed(places.get(index, []), form.get(f"q{index}.had"))
    ]


def is_changed(values: list[str], had: str | None) -> bool:
    """`had` is the mark of the answer that the page came with; None: there was none."""
    return holds_anything(values) if had is None else mark_of(values) != had


def read_places(form) -> dict[int | None, list[str]]:
    """The answers in a form's fields by place, None for a question that stands alone.

    Values of part k of a case become "k:value".
    """
    places: dict[int | None, list[str]] = {}
    for name in form:
        if found := INPUT.fullmatch(name):
            place = found["place"] and int(found["place"])
            prefix = "" if found["part"] is None else f"{int(found['part'])}:"
            values = [prefix + clean(value) for value in form.getlist(name)]
            places.setdefault(place, []).extend(values)
    return places


def now_in_ms() -> int:
    return round(time.time() * 1000)


def clean(value: str) -> str:
    """Without the two things that no database keeps as JSON: NUL and lone surrogates."""
    return value.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
