"""Numeric: a number within given bounds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.grading import Grade, fold_text, grade_number, read_number, show_number

from .base import (
    INPUT_NAME,
    NO_MARKS,
    Authoring,
    QuestionError,
    QuestionType,
    Setting,
    damaged_data,
)
from .settings import read_settings
from .tidying import read_typed_text, tidy_text

UNIT = "unit"
MAX_LENGTH, MAX_ANSWER = 60, 40
_TOLERANCE = re.compile(r"±|[+＋][/／]?[-－]")
# A unit that starts like a number would be taken off the end of one.
_NUMBER_START = re.compile(r"[0-9.,/+−–—负正-]")
_INTERVAL = re.compile(r"[~～〜至到]")


@dataclass(frozen=True, slots=True)
class NumberSpec:
    """`text` is the answer as the editor wrote it, the bounds are what it means; `units` are the
    ways to write the unit, the first being shown."""

    text: str
    low: Fraction
    high: Fraction
    units: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        return self.units[0] if self.units else ""


class Numeric(QuestionType[NumberSpec]):
    key = "numeric"
    is_typed = True
    label = gettext_lazy("数值题")
    answers_help = gettext_lazy(
        "填一个数，例如 12338；允许误差写成 3.14±0.01 或 3.14±1%；一个范围写成 3~4。"
    )
    settings = (
        Setting(
            UNIT,
            gettext_lazy("单位"),
            help_text=gettext_lazy(
                "可以不填。显示在输入框旁，执委写不写都算对；几种写法用 | 隔开，例如：平方米|㎡。"
            ),
        ),
    )

    def parse(self, authoring: Authoring) -> NumberSpec:
        settings, problems = read_settings(self.settings, authoring.settings)
        units = _read_units(settings[UNIT])
        if any(_NUMBER_START.match(fold_text(unit)) for unit in units):
            problems.append(_("单位不能以数字或正负号开头，请改正单位。"))
        text = tidy_text(" ".join(authoring.answers))
        bounds = _read_bounds(text, units)
        if bounds is None or bounds[0] > bounds[1] or len(text) > MAX_ANSWER:
            problems.append(_explain(text, bounds))
        if problems:
            raise QuestionError(problems)
        return NumberSpec(text, *bounds, units)

    def authoring(self, spec: NumberSpec, stem: str = "") -> Authoring:
        settings = {UNIT: "|".join(spec.units)} if spec.units else {}
        return Authoring(stem, (), (spec.text,), settings)

    def to_data(self, spec: NumberSpec) -> dict[str, Any]:
        data = {"answer": spec.text, "low": str(spec.low), "high": str(spec.high)}
        return data | ({"units": list(spec.units)} if spec.units else {})

    def from_data(self, data: Any) -> NumberSpec:
        try:
            words = [data["answer"], data["low"], data["high"], *data.get("units", [])]
            if not all(isinstance(word, str) and word for word in words):
                raise TypeError("a number and its unit are kept as texts")
            low, high = Fraction(data["low"]), Fraction(data["high"])
        except (KeyError, TypeError, AttributeError, ValueError, ZeroDivisionError) as error:
            raise damaged_data() from error
        if low > high:
            raise damaged_data()
        return NumberSpec(data["answer"], low, high, tuple(data.get("units", [])))

    def layout(self, spec: NumberSpec, rng: Random, shuffle: bool) -> list[str]:
        return []

    def read_response(self, values: Sequence[str], spec: NumberSpec) -> list[str]:
        text = read_typed_text(values[0] if values else "", MAX_LENGTH)
        return [text] if fold_text(text) else []

    def hint(self, spec: NumberSpec, values: Sequence[str]) -> str:
        for text in self.read_response(values, spec):
            if read_number(text, spec.units) is None:
                return _("“%(text)s”读不成一个数，已照原样存好；请只写数，例如 300 或 1/3。") % {
                    "text": text
                }
        return ""

    def grade(
        self, spec: NumberSpec, response: Sequence[str], given: Mapping[int, Fraction] = NO_MARKS
    ) -> Grade:
        text = response[0] if response else ""
        return grade_number(low=spec.low, high=spec.high, given=text, units=spec.units)

    def full_response(self, spec: NumberSpec) -> list[str]:
        return [show_number(spec.low if spec.low == spec.high else (spec.low + spec.high) / 2)]

    def guess_share(self, spec: NumberSpec) -> Fraction:
        return Fraction(0)

    def texts(self, spec: NumberSpec) -> tuple[str, ...]:
        return ()

    def key_facts(self, spec: NumberSpec) -> Any:
        return [str(spec.low), str(spec.high)]

    def tally(self, spec: NumberSpec, response: Sequence[str]) -> list[str]:
        """Equal numbers count as one however they were written."""
        if not response:
            return []
        number = read_number(response[0], spec.units)
        return [fold_text(response[0]) if number is None else show_number(number)]

    def tally_labels(self, spec: NumberSpec) -> list[tuple[str, str, bool]]:
        if spec.low != spec.high:
            return []
        return [(show_number(spec.low), spec.text, True)]

    def present(
        self, spec: NumberSpec, layout: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        return {
            "name": INPUT_NAME,
            "value": response[0] if response else "",
            "unit": spec.unit,
            "max_length": MAX_LENGTH,
        }

    def review(
        self,
        spec: NumberSpec,
        layout: Sequence[str],
        response: Sequence[str],
        given: Mapping[int, Fraction] = NO_MARKS,
        *,
        shows_answers: bool = True,
        shows_correctness: bool = True,
    ) -> dict[str, Any]:
        return self.show_state(spec, response, given, shows_correctness) | {
            "given": response[0] if response else "",
            "unit": spec.unit,
            "is_unread": bool(self.hint(spec, response)),
            "answer_text": _add_unit(spec) if shows_answers else "",
        }


def _read_units(text: str) -> tuple[str, ...]:
    units = (tidy_text(each) for each in re.split(r"[|｜]+", text))
    return tuple(dict.fromkeys(unit for unit in units if unit))


def _read_bounds(text: str, units: Sequence[str]) -> tuple[Fraction, Fraction] | None:
    """The lowest and highest number that the editor's answer allows; None when it is no number."""
    if len(sides := _INTERVAL.split(text)) == 2:
        low, high = (read_number(side, units) for side in sides)
        return None if low is None or high is None else (low, high)
    value, *margins = _TOLERANCE.split(text)
    number = read_number(value, units)
    if number is None or len(margins) > 1:
        return None
    margin = _read_margin(margins[0], number, units) if margins else Fraction(0)
    return None if margin is None or margin < 0 else (number - margin, number + margin)


def _read_margin(text: str, number: Fraction, units: Sequence[str]) -> Fraction | None:
    """A plain number is absolute, a percentage is of the value."""
    if text.rstrip().endswith(("%", "％", "‰")):
        share = read_number(text)
        return None if share is None else abs(number) * share
    return read_number(text, units)


def _explain(text: str, bounds: tuple[Fraction, Fraction] | None) -> str:
    if not text:
        return _("没有填写正确答案，请填一个数，例如 12338 或 3.14±0.01。")
    if len(text) > MAX_ANSWER:
        return _("答案超过 %(max)d 个字，请写短一些。") % {"max": MAX_ANSWER}
    if bounds:
        return _("范围“%(answer)s”的前一个数比后一个大，请把小的写在前面。") % {"answer": text[:50]}
    return _("看不懂答案“%(answer)s”，请填一个数，例如 12338、3.14±0.01、3.14±1%% 或 3~4。") % {
        "answer": text[:50]
    }


def _add_unit(spec: NumberSpec) -> str:
    """The answer with its unit, once."""
    has_unit = any(fold_text(spec.text).endswith(fold_text(unit)) for unit in spec.units)
    return spec.text if has_unit or not spec.unit else f"{spec.text} {spec.unit}"
