"""What single choice, multiple choice and true/false have in common."""

from collections.abc import Sequence
from random import Random
from typing import Any, Protocol, TypeVar

from quizzes.grading import Grade, grade_choice

from .base import INPUT_NAME, QuestionType, name_state
from .options import LETTERS, Option
from .ordering import order_options


class HasOptions(Protocol):
    @property
    def options(self) -> tuple[Option, ...]: ...
    @property
    def right(self) -> frozenset[str]: ...


SpecT = TypeVar("SpecT", bound=HasOptions)


class ChoiceType(QuestionType[SpecT]):
    def layout(self, spec: SpecT, rng: Random, shuffle: bool) -> list[str]:
        return order_options(spec.options, rng, shuffle)

    def read_response(self, values: Sequence[str], spec: SpecT) -> list[str]:
        return sorted(option.id for option in spec.options if option.id in values)

    def grade(self, spec: SpecT, response: Sequence[str]) -> Grade:
        return grade_choice(right=spec.right, chosen=frozenset(response))

    def present(
        self, spec: SpecT, layout: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        options = [
            {**shown, "checked": shown["id"] in response} for shown in _show_options(spec, layout)
        ]
        return {"name": INPUT_NAME, "options": options}

    def review(self, spec: SpecT, layout: Sequence[str], response: Sequence[str]) -> dict[str, Any]:
        state = self.grade(spec, response).state
        options = [
            {**shown, "chosen": shown["id"] in response, "right": shown["id"] in spec.right}
            for shown in _show_options(spec, layout)
        ]
        return {
            "state": str(state),
            "state_label": name_state(state),
            "options": options,
            "answer_text": self.name_options([each for each in options if each["right"]]),
            "chosen_text": self.name_options([each for each in options if each["chosen"]]),
        }

    def name_options(self, shown: Sequence[dict[str, Any]]) -> str:
        """How options are named in a line of text: by the letters that the learner saw."""
        return "、".join(each["letter"] for each in shown)


def _show_options(spec: HasOptions, layout: Sequence[str]) -> list[dict[str, Any]]:
    """Options with their display letters; without a layout in the editor's order."""
    texts = {option.id: option.text for option in spec.options}
    return [
        {"id": option_id, "letter": letter, "text": texts[option_id]}
        for letter, option_id in zip(LETTERS, layout or texts, strict=False)
    ]
