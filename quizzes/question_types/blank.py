"""Fill-in-the-blank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.grading import Grade, fold_text, full_texts, grade_blanks, mark_blanks

from .base import (
    INPUT_NAME,
    NO_MARKS,
    Authoring,
    QuestionError,
    QuestionType,
    Setting,
    damaged_data,
)
from .blank_answers import ALTERNATIVES, MAX_LENGTH, Blanks, find_blank_problems, read_blanks
from .blank_stem import match_stem
from .settings import NO, YES, drop_defaults, read_settings
from .tidying import read_typed_text

ANY_ORDER, KEEPS_CASE = "any_order", "case_sensitive"


@dataclass(frozen=True, slots=True)
class BlankSpec:
    """The accepted texts of each blank, the first being the one that is shown."""

    blanks: Blanks
    any_order: bool = False
    keeps_case: bool = False

    @property
    def rules(self) -> dict[str, Any]:
        """As the grading functions take them."""
        return {
            "blanks": self.blanks,
            "any_order": self.any_order,
            "keeps_case": self.keeps_case,
        }


class Blank(QuestionType[BlankSpec]):
    key = "blank"
    is_typed = True
    label = gettext_lazy("填空题")
    answers_help = gettext_lazy(
        "题干里用 ____ 标出每个空；这里一行一空。同一空有几个可接受的答案时用 ||| 隔开，"
        "例如：妇女节|||三八妇女节。"
    )
    settings = (
        Setting(
            ANY_ORDER,
            gettext_lazy("各空的先后"),
            default=NO,
            choices=((NO, gettext_lazy("要按空的顺序")), (YES, gettext_lazy("各空不分先后"))),
        ),
        Setting(
            KEEPS_CASE,
            gettext_lazy("字母大小写"),
            default=NO,
            choices=((NO, gettext_lazy("不分大小写")), (YES, gettext_lazy("要分大小写"))),
        ),
    )

    def parse(self, authoring: Authoring) -> BlankSpec:
        blanks = read_blanks(authoring.answers)
        settings, setting_problems = read_settings(self.settings, authoring.settings)
        if problems := find_blank_problems(blanks) + setting_problems:
            raise QuestionError(problems)
        matched = match_stem(authoring.stem, blanks)
        return BlankSpec(matched, settings[ANY_ORDER] == YES, settings[KEEPS_CASE] == YES)

    def authoring(self, spec: BlankSpec, stem: str = "") -> Authoring:
        answers = tuple(ALTERNATIVES.join(each) for each in spec.blanks)
        chosen = {ANY_ORDER: spec.any_order, KEEPS_CASE: spec.keeps_case}
        words = {key: YES if is_on else NO for key, is_on in chosen.items()}
        return Authoring(stem, (), answers, drop_defaults(self.settings, words))

    def to_data(self, spec: BlankSpec) -> dict[str, Any]:
        data: dict[str, Any] = {"blanks": [list(accepted) for accepted in spec.blanks]}
        chosen = {ANY_ORDER: spec.any_order, KEEPS_CASE: spec.keeps_case}
        return data | {key: True for key, is_on in chosen.items() if is_on}

    def from_data(self, data: Any) -> BlankSpec:
        try:
            blanks = tuple(tuple(accepted) for accepted in data["blanks"])
            is_sound = (
                bool(blanks)
                and all(isinstance(each, list) and each for each in data["blanks"])
                and all(isinstance(text, str) and text for each in blanks for text in each)
            )
            chosen = [data.get(key, False) is True for key in (ANY_ORDER, KEEPS_CASE)]
        except (KeyError, TypeError, AttributeError) as error:
            raise damaged_data() from error
        if not is_sound:
            raise damaged_data()
        return BlankSpec(blanks, *chosen)

    def layout(self, spec: BlankSpec, rng: Random, shuffle: bool) -> list[str]:
        return []

    def read_response(self, values: Sequence[str], spec: BlankSpec) -> list[str]:
        texts = [read_typed_text(value, MAX_LENGTH) for value in values[: len(spec.blanks)]]
        return _fill_up(texts, len(spec.blanks)) if any(texts) else []

    def grade(
        self, spec: BlankSpec, response: Sequence[str], given: Mapping[int, Fraction] = NO_MARKS
    ) -> Grade:
        return grade_blanks(given=tuple(response), **spec.rules)

    def full_response(self, spec: BlankSpec) -> list[str]:
        return list(full_texts(**spec.rules))

    def guess_share(self, spec: BlankSpec) -> Fraction:
        return Fraction(0)

    def texts(self, spec: BlankSpec) -> tuple[str, ...]:
        return ()

    def key_facts(self, spec: BlankSpec) -> Any:
        accepted = [list(each) for each in spec.blanks]
        return sorted(accepted) if spec.any_order else accepted

    def tally(self, spec: BlankSpec, response: Sequence[str]) -> list[str]:
        texts = [fold_text(text, keeps_case=spec.keeps_case) for text in response]
        return [" / ".join(sorted(texts) if spec.any_order else texts)] if texts else []

    def tally_labels(self, spec: BlankSpec) -> list[tuple[str, str, bool]]:
        return []

    def present(
        self, spec: BlankSpec, layout: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        values = _fill_up(response, len(spec.blanks))
        blanks = [{"number": i, "value": value} for i, value in enumerate(values, start=1)]
        return {
            "name": INPUT_NAME,
            "max_length": MAX_LENGTH,
            "any_order": spec.any_order,
            "blanks": blanks,
        }

    def review(
        self,
        spec: BlankSpec,
        layout: Sequence[str],
        response: Sequence[str],
        given: Mapping[int, Fraction] = NO_MARKS,
        *,
        shows_answers: bool = True,
        shows_correctness: bool = True,
    ) -> dict[str, Any]:
        """Blanks carry "is_right", and "right" and "right_text", where allowed."""
        values = _fill_up(response, len(spec.blanks))
        blanks = [{"number": i, "given": value} for i, value in enumerate(values, start=1)]
        if shows_correctness:
            marks = mark_blanks(given=tuple(values), **spec.rules)
            for blank, is_right in zip(blanks, marks, strict=True):
                blank["is_right"] = is_right
        if shows_answers:
            for blank, accepted in zip(blanks, spec.blanks, strict=True):
                blank |= {"right": list(accepted), "right_text": _name_accepted(accepted)}
        return self.show_state(spec, response, given, shows_correctness) | {
            "blanks": blanks,
            "any_order": spec.any_order,
            "shows_correctness": shows_correctness,
            "answer_text": "；".join(map(_name_accepted, spec.blanks)) if shows_answers else "",
        }


def _fill_up(response: Sequence[str], count: int) -> list[str]:
    """One text per blank; the canonical empty response has none."""
    return [*response, *[""] * count][:count]


def _name_accepted(accepted: Sequence[str]) -> str:
    return _(" 或 ").join(accepted)
