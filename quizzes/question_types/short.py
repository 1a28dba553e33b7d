"""Short answer: a text that a person marks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.grading import Grade, fold_text, grade_marked

from .base import (
    INPUT_NAME,
    NO_MARKS,
    Authoring,
    MarkingGuide,
    QuestionError,
    QuestionType,
    Setting,
    damaged_data,
)
from .settings import read_settings
from .tidying import tidy_block, tidy_text

RUBRIC, LENGTH = "rubric", "max_length"
DEFAULT_LENGTH, LENGTHS = 500, range(10, 2001)
MAX_LINES, POINTS = 20, range(1, 101)
_LINE = re.compile(r"(.+?)\s*[|｜]\s*([0-9]{1,3})\s*(?:分)?")

Rubric = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ShortSpec:
    """The model answer and the rubric guide the marker; at least one of them is there."""

    model: str
    rubric: Rubric = ()
    max_length: int = DEFAULT_LENGTH


class Short(QuestionType[ShortSpec]):
    key = "short"
    is_typed = True
    label = gettext_lazy("简答题")
    answers_help = gettext_lazy("参考答案，阅卷和公布答案时用。由人阅卷，系统不自动判分。")
    settings = (
        Setting(
            RUBRIC,
            gettext_lazy("评分要点"),
            help_text=gettext_lazy("一行一个要点，写成“要点|分值”，例如：先确认人身安全|4。"),
            is_long=True,
        ),
        Setting(
            LENGTH,
            gettext_lazy("最多多少字"),
            default=str(DEFAULT_LENGTH),
            help_text=gettext_lazy("10 到 2000。"),
        ),
    )

    def parse(self, authoring: Authoring) -> ShortSpec:
        settings, problems = read_settings(self.settings, authoring.settings)
        model = tidy_block("\n".join(authoring.answers))
        rubric, rubric_problems = _read_rubric(settings[RUBRIC])
        longest = _read_length(settings[LENGTH])
        problems += rubric_problems
        if longest is None:
            problems.append(_("“最多多少字”请填 10 到 2000 的整数。"))
        if not (model or rubric or rubric_problems):
            problems.append(_("请填写参考答案或评分要点，阅卷的人要靠它们评分。"))
        if problems:
            raise QuestionError(problems)
        return ShortSpec(model, rubric, longest)

    def authoring(self, spec: ShortSpec, stem: str = "") -> Authoring:
        settings = {}
        if spec.rubric:
            settings[RUBRIC] = "\n".join(f"{text}|{points}" for text, points in spec.rubric)
        if spec.max_length != DEFAULT_LENGTH:
            settings[LENGTH] = str(spec.max_length)
        return Authoring(stem, (), tuple(spec.model.splitlines()), settings)

    def to_data(self, spec: ShortSpec) -> dict[str, Any]:
        data: dict[str, Any] = {"model": spec.model}
        if spec.rubric:
            data[RUBRIC] = [list(line) for line in spec.rubric]
        if spec.max_length != DEFAULT_LENGTH:
            data[LENGTH] = spec.max_length
        return data

    def from_data(self, data: Any) -> ShortSpec:
        try:
            rubric = tuple((text, points) for text, points in data.get(RUBRIC, []))
            model, longest = data["model"], data.get(LENGTH, DEFAULT_LENGTH)
            is_sound = (
                isinstance(model, str)
                and type(longest) is int
                and longest > 0
                and all(isinstance(text, str) and type(points) is int for text, points in rubric)
            )
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise damaged_data() from error
        if not is_sound:
            raise damaged_data()
        return ShortSpec(model, rubric, longest)

    def layout(self, spec: ShortSpec, rng: Random, shuffle: bool) -> list[str]:
        return []

    def read_response(self, values: Sequence[str], spec: ShortSpec) -> list[str]:
        value = values[0] if values else ""
        text = tidy_block(value)[: spec.max_length].strip() if isinstance(value, str) else ""
        return [text] if fold_text(text) else []

    def grade(
        self, spec: ShortSpec, response: Sequence[str], given: Mapping[int, Fraction] = NO_MARKS
    ) -> Grade:
        return grade_marked(is_answered=bool(response), mark=given.get(0))

    def parts_to_mark(self, spec: ShortSpec, response: Sequence[str]) -> tuple[int, ...]:
        return (0,) if response else ()

    def marking_guide(self, spec: ShortSpec, part: int = 0) -> MarkingGuide:
        return MarkingGuide(spec.model, spec.rubric)

    def full_response(self, spec: ShortSpec) -> list[str]:
        wanted = spec.model or "\n".join(text for text, _points in spec.rubric)
        return [wanted[: spec.max_length].strip()]

    def guess_share(self, spec: ShortSpec) -> Fraction:
        return Fraction(0)

    def texts(self, spec: ShortSpec) -> tuple[str, ...]:
        return ()

    def key_facts(self, spec: ShortSpec) -> Any:
        return [spec.model, [list(line) for line in spec.rubric]]

    def tally(self, spec: ShortSpec, response: Sequence[str]) -> list[str]:
        """Nothing: free texts do not repeat, and they are no reading for a table of figures."""
        return []

    def tally_labels(self, spec: ShortSpec) -> list[tuple[str, str, bool]]:
        return []

    def present(
        self, spec: ShortSpec, layout: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        value = response[0] if response else ""
        return {"name": INPUT_NAME, "value": value, "max_length": spec.max_length}

    def review(
        self,
        spec: ShortSpec,
        layout: Sequence[str],
        response: Sequence[str],
        given: Mapping[int, Fraction] = NO_MARKS,
        *,
        shows_answers: bool = True,
        shows_correctness: bool = True,
    ) -> dict[str, Any]:
        """Rubric and model answer are the key."""
        rubric = [{"text": text, "points": points} for text, points in spec.rubric]
        lines = [f"{text}（{points}）" for text, points in spec.rubric]
        return self.show_state(spec, response, given, shows_correctness) | {
            "given": response[0] if response else "",
            "rubric": rubric if shows_answers else [],
            "answer_text": (spec.model or "；".join(lines)) if shows_answers else "",
        }


def _read_rubric(text: str) -> tuple[Rubric, list[str]]:
    lines = [line for each in text.splitlines() if (line := tidy_text(each))]
    found = [_LINE.fullmatch(line) for line in lines]
    problems = [
        _("评分要点第 %(number)d 行请写成“要点|分值”，分值是 1 到 100 的整数。")
        % {"number": number}
        for number, match in enumerate(found, start=1)
        if not match or int(match[2]) not in POINTS
    ]
    if len(lines) > MAX_LINES:
        problems.append(_("评分要点最多 %(max)d 行，请合并一些。") % {"max": MAX_LINES})
    rubric = tuple((match[1], int(match[2])) for match in found if match)
    return rubric, problems


def _read_length(text: str) -> int | None:
    is_number = text.isascii() and text.isdecimal() and len(text) <= 4
    return int(text) if is_number and int(text) in LENGTHS else None
