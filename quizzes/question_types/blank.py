"""Fill-in-the-blank."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.grading import Grade, grade_blanks, mark_blanks

from .base import INPUT_NAME, Authoring, QuestionError, QuestionType, damaged_data, name_state
from .blank_answers import ALTERNATIVES, MAX_LENGTH, find_blank_problems, read_blanks
from .blank_stem import match_stem
from .tidying import drop_unstorable


@dataclass(frozen=True, slots=True)
class BlankSpec:
    """The accepted texts of each blank, the first being the one that is shown."""

    blanks: tuple[tuple[str, ...], ...]


class Blank(QuestionType[BlankSpec]):
    key = "blank"
    label = gettext_lazy("填空题")

    def parse(self, authoring: Authoring) -> BlankSpec:
        blanks = read_blanks(authoring.answers)
        problems = find_blank_problems(blanks)
        if problems:
            raise QuestionError(problems)
        return BlankSpec(match_stem(authoring.stem, blanks))

    def authoring(self, spec: BlankSpec, stem: str = "") -> Authoring:
        return Authoring(stem, (), tuple(ALTERNATIVES.join(each) for each in spec.blanks))

    def to_data(self, spec: BlankSpec) -> dict[str, Any]:
        return {"blanks": [list(accepted) for accepted in spec.blanks]}

    def from_data(self, data: Any) -> BlankSpec:
        try:
            blanks = tuple(tuple(accepted) for accepted in data["blanks"])
            is_sound = not find_blank_problems(blanks)
        except (KeyError, TypeError, AttributeError) as error:
            raise damaged_data() from error
        if not is_sound or not all(isinstance(accepted, list) for accepted in data["blanks"]):
            raise damaged_data()
        return BlankSpec(blanks)

    def layout(self, spec: BlankSpec, rng: Random, shuffle: bool) -> list[str]:
        return []

    def read_response(self, values: Sequence[str], spec: BlankSpec) -> list[str]:
        texts = [_read_text(value) for value in values[: len(spec.blanks)]]
        texts += [""] * (len(spec.blanks) - len(texts))
        return texts if any(texts) else []

    def grade(self, spec: BlankSpec, response: Sequence[str]) -> Grade:
        return grade_blanks(blanks=spec.blanks, given=tuple(response))

    def present(
        self, spec: BlankSpec, layout: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        values = _fill_up(response, len(spec.blanks))
        blanks = [{"number": i, "value": value} for i, value in enumerate(values, start=1)]
        return {"name": INPUT_NAME, "max_length": MAX_LENGTH, "blanks": blanks}

    def review(
        self, spec: BlankSpec, layout: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        state = self.grade(spec, response).state
        values = _fill_up(response, len(spec.blanks))
        marks = mark_blanks(blanks=spec.blanks, given=tuple(values))
        blanks = [
            {
                "number": i,
                "given": value,
                "right": list(accepted),
                "right_text": _name_accepted(accepted),
                "is_right": is_right,
            }
            for i, (value, accepted, is_right) in enumerate(
                zip(values, spec.blanks, marks, strict=True), start=1
            )
        ]
        return {
            "state": str(state),
            "state_label": name_state(state),
            "blanks": blanks,
            "answer_text": "；".join(map(_name_accepted, spec.blanks)),
        }


def _read_text(value: str) -> str:
    text = value if isinstance(value, str) else ""
    return drop_unstorable(text).strip()[:MAX_LENGTH].strip()


def _fill_up(response: Sequence[str], count: int) -> list[str]:
    """One text per blank; the canonical empty response has none."""
    return [*response, *[""] * count][:count]


def _name_accepted(accepted: Sequence[str]) -> str:
    return _(" 或 ").join(accepted)
