"""What single choice, multiple choice and true/false have in common."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any, Protocol, TypeVar

from quizzes.grading import Grade, Scoring, grade_choice

from .base import INPUT_NAME, NO_MARKS, QuestionType
from .display_order import order_options
from .options import LETTERS, Option


class HasOptions(Protocol):
    @property
    def options(self) -> tuple[Option, ...]: ...
    @property
    def right(self) -> frozenset[str]: ...
    @property
    def scoring(self) -> Scoring: ...


SpecT = TypeVar("SpecT", bound=HasOptions)


class ChoiceType(QuestionType[SpecT]):
    def layout(self, spec: SpecT, rng: Random, shuffle: bool) -> list[str]:
        return order_options(spec.options, rng, shuffle)

    def read_response(self, values: Sequence[str], spec: SpecT) -> list[str]:
        return sorted(option.id for option in spec.options if option.id in values)

    def grade(
        self, spec: SpecT, response: Sequence[str], given: Mapping[int, Fraction] = NO_MARKS
    ) -> Grade:
        return grade_choice(right=spec.right, chosen=frozenset(response), scoring=spec.scoring)

    def full_response(self, spec: SpecT) -> list[str]:
        return sorted(spec.right)

    def guess_share(self, spec: SpecT) -> Fraction:
        """One option at random; several right ones are hardly ever hit by chance."""
        return Fraction(1, len(spec.options)) if len(spec.right) == 1 else Fraction(0)

    def texts(self, spec: SpecT) -> tuple[str, ...]:
        return tuple(option.text for option in spec.options)

    def key_facts(self, spec: SpecT) -> Any:
        return sorted(option.text for option in spec.options if option.id in spec.right)

    def tally(self, spec: SpecT, response: Sequence[str]) -> list[str]:
        return list(response)

    def tally_labels(self, spec: SpecT) -> list[tuple[str, str, bool]]:
        return [
            (each["id"], f"{each['letter']}. {each['text']}", each["id"] in spec.right)
            for each in _show_options(spec, ())
        ]

    def present(
        self, spec: SpecT, layout: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        options = [
            {**shown, "checked": shown["id"] in response} for shown in _show_options(spec, layout)
        ]
        return {"name": INPUT_NAME, "options": options}

    def review(
        self,
        spec: SpecT,
        layout: Sequence[str],
        response: Sequence[str],
        given: Mapping[int, Fraction] = NO_MARKS,
        *,
        shows_answers: bool = True,
        shows_correctness: bool = True,
    ) -> dict[str, Any]:
        """Options carry "right" (the key) and "verdict" (on what was chosen) where allowed."""
        options = [
            {**shown, "chosen": shown["id"] in response} for shown in _show_options(spec, layout)
        ]
        right = [each for each in options if each["id"] in spec.right]
        chosen = [each for each in options if each["chosen"]]
        for each in options:
            if shows_answers:
                each["right"] = each["id"] in spec.right
            if shows_correctness and each["chosen"]:
                each["verdict"] = "right" if each["id"] in spec.right else "wrong"
        return self.show_state(spec, response, given, shows_correctness) | {
            "options": options,
            "answer_text": self.name_options(right) if shows_answers else "",
            "chosen_text": self.name_options(chosen),
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
