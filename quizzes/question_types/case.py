"""A case (材料题): one text with several questions of other types below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.grading import Grade, grade_parts

from .base import (
    INPUT_NAME,
    MAX_RESPONSE_VALUES,
    NO_MARKS,
    Authoring,
    MarkingGuide,
    Part,
    QuestionError,
    QuestionType,
    Setting,
    damaged_data,
)
from .case_parts import join_values, name_part, split_values
from .case_points import POINTS, equal_points, read_points
from .settings import read_settings
from .tidying import tidy_block

MAX_PARTS = 9


@dataclass(frozen=True)
class CasePart:
    """One question with its type."""

    type: QuestionType = field(repr=False)
    stem: str
    spec: Any

    def say(self, **facts: Any) -> dict[str, Any]:
        return {"stem": self.stem, "kind_label": str(self.type.label), **facts}


@dataclass(frozen=True)
class CaseSpec:
    """`points` holds one number above zero per part."""

    parts: tuple[CasePart, ...]
    points: tuple[int, ...]

    def split(self, values: Sequence[str]) -> list[tuple[int, CasePart, list[str]]]:
        """(number from 0, part, its own values) of the values of the whole."""
        return [
            (number, part, own)
            for number, (part, own) in enumerate(
                zip(self.parts, split_values(values, len(self.parts)), strict=True)
            )
        ]


class Case(QuestionType[CaseSpec]):
    """`types` are those that a part may have: all but this one."""

    key = "case"
    label = gettext_lazy("材料题")
    has_parts = True
    is_typed = True
    settings = (
        Setting(
            POINTS,
            gettext_lazy("各小题分值"),
            help_text=gettext_lazy("可以不填，每小题同分；要填就一题一个整数，例如：2,2,6。"),
        ),
    )

    def __init__(self, types: Mapping[str, QuestionType]) -> None:
        self.types = types

    def parse(self, authoring: Authoring) -> CaseSpec:
        settings, problems = read_settings(self.settings, authoring.settings)
        problems += _find_count_problems(len(authoring.parts))
        parts = []
        for number, part in enumerate(authoring.parts, start=1):
            try:
                parts.append(self._parse_part(part))
            except QuestionError as error:
                label = _("第 %(number)d 小题：") % {"number": number}
                problems += [f"{label}{message}" for message in error.messages]
        points = read_points(settings[POINTS], len(authoring.parts))
        if points is None:
            problems.append(_("“各小题分值”请一题写一个 1 到 100 的整数，用逗号隔开，或清空。"))
        if sum(map(_count_values, parts)) > MAX_RESPONSE_VALUES:
            problems.append(
                _("各小题的空、选项和排序项加起来最多 %d 个，请把这道材料题拆成几道。")
                % MAX_RESPONSE_VALUES
            )
        if problems:
            raise QuestionError(problems)
        return CaseSpec(tuple(parts), points)

    def _parse_part(self, part: Part) -> CasePart:
        part_type = self.types.get(part.type)
        stem = tidy_block(part.authoring.stem)
        problems = [] if stem else [_("题干是空的，请填写题干。")]
        if part_type is None:
            raise QuestionError([*problems, _("小题不能是这种题型，请换一种。")])
        try:
            spec = part_type.parse(part.authoring)
        except QuestionError as error:
            raise QuestionError(problems + error.messages) from error
        if problems:
            raise QuestionError(problems)
        return CasePart(part_type, stem, spec)

    def authoring(self, spec: CaseSpec, stem: str = "") -> Authoring:
        parts = tuple(
            Part(part.type.key, part.type.authoring(part.spec, part.stem)) for part in spec.parts
        )
        settings = {POINTS: ",".join(map(str, spec.points))}
        is_equal = spec.points == equal_points(len(spec.parts))
        return Authoring(stem, (), (), {} if is_equal else settings, parts)

    def to_data(self, spec: CaseSpec) -> dict[str, Any]:
        parts = [
            {"type": part.type.key, "stem": part.stem, "data": part.type.to_data(part.spec)}
            for part in spec.parts
        ]
        is_equal = spec.points == equal_points(len(spec.parts))
        return {"parts": parts} | ({} if is_equal else {POINTS: list(spec.points)})

    def from_data(self, data: Any) -> CaseSpec:
        try:
            parts = tuple(self._load_part(each) for each in data["parts"])
            points = tuple(data.get(POINTS, equal_points(len(parts))))
        except (KeyError, TypeError, AttributeError) as error:
            raise damaged_data() from error
        is_sound = len(points) == len(parts) > 0
        if not is_sound or not all(type(each) is int and each > 0 for each in points):
            raise damaged_data()
        return CaseSpec(parts, points)

    def _load_part(self, data: Any) -> CasePart:
        if not isinstance(data["stem"], str):
            raise damaged_data()
        part_type = self.types[data["type"]]
        return CasePart(part_type, data["stem"], part_type.from_data(data["data"]))

    def layout(self, spec: CaseSpec, rng: Random, shuffle: bool) -> list[str]:
        return join_values(part.type.layout(part.spec, rng, shuffle) for part in spec.parts)

    def read_response(self, values: Sequence[str], spec: CaseSpec) -> list[str]:
        return join_values(
            part.type.read_response(own, part.spec) for _number, part, own in spec.split(values)
        )

    def hint(self, spec: CaseSpec, values: Sequence[str]) -> str:
        hints = [
            (number, part.type.hint(part.spec, own)) for number, part, own in spec.split(values)
        ]
        return "".join(f"（{number + 1}）{hint}" for number, hint in hints if hint)

    def grade(
        self, spec: CaseSpec, response: Sequence[str], given: Mapping[int, Fraction] = NO_MARKS
    ) -> Grade:
        grades = [
            part.type.grade(part.spec, own, _marks_of(number, given))
            for number, part, own in spec.split(response)
        ]
        return grade_parts(grades=grades, points=spec.points)

    def parts_to_mark(self, spec: CaseSpec, response: Sequence[str]) -> tuple[int, ...]:
        return tuple(
            number
            for number, part, own in spec.split(response)
            if part.type.parts_to_mark(part.spec, own)
        )

    def marking_guide(self, spec: CaseSpec, part: int = 0) -> MarkingGuide:
        asked = spec.parts[part]
        guide = asked.type.marking_guide(asked.spec)
        return MarkingGuide(guide.model_answer, guide.rubric, asked.stem)

    def full_response(self, spec: CaseSpec) -> list[str]:
        return join_values(part.type.full_response(part.spec) for part in spec.parts)

    def guess_share(self, spec: CaseSpec) -> Fraction:
        shares = [part.type.guess_share(part.spec) for part in spec.parts]
        weighed = (share * each for share, each in zip(shares, spec.points, strict=True))
        return sum(weighed, Fraction(0)) / sum(spec.points)

    def texts(self, spec: CaseSpec) -> tuple[str, ...]:
        return tuple(
            text for part in spec.parts for text in (part.stem, *part.type.texts(part.spec))
        )

    def key_facts(self, spec: CaseSpec) -> Any:
        return [part.type.key_facts(part.spec) for part in spec.parts]

    def tally(self, spec: CaseSpec, response: Sequence[str]) -> list[str]:
        return join_values(
            part.type.tally(part.spec, own) for _number, part, own in spec.split(response)
        )

    def tally_labels(self, spec: CaseSpec) -> list[tuple[str, str, bool]]:
        return [
            (f"{number}:{name}", f"（{number + 1}）{label}", is_right)
            for number, part in enumerate(spec.parts)
            for name, label, is_right in part.type.tally_labels(part.spec)
        ]

    def present(
        self, spec: CaseSpec, layout: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        layouts = split_values(layout, len(spec.parts))
        parts = [
            part.say(
                number=number + 1,
                template=part.type.answer_template,
                q=part.type.present(part.spec, layouts[number], own) | {"name": name_part(number)},
            )
            for number, part, own in spec.split(response)
        ]
        return {"name": INPUT_NAME, "parts": parts}

    def review(
        self,
        spec: CaseSpec,
        layout: Sequence[str],
        response: Sequence[str],
        given: Mapping[int, Fraction] = NO_MARKS,
        *,
        shows_answers: bool = True,
        shows_correctness: bool = True,
    ) -> dict[str, Any]:
        """Parts carry "earned", their points, where correctness is shown."""
        layouts = split_values(layout, len(spec.parts))
        parts = []
        for number, part, own in spec.split(response):
            marks = _marks_of(number, given)
            shown = part.type.review(
                part.spec,
                layouts[number],
                own,
                marks,
                shows_answers=shows_answers,
                shows_correctness=shows_correctness,
            )
            facts = {"number": number + 1, "template": part.type.review_template, "q": shown}
            if shows_correctness:
                facts["earned"] = _name_share(part.type.grade(part.spec, own, marks))
            parts.append(part.say(**facts))
        answers = [f"（{each['number']}）{each['q']['answer_text']}" for each in parts]
        return self.show_state(spec, response, given, shows_correctness) | {
            "parts": parts,
            "answer_text": "；".join(answers) if shows_answers else "",
        }


def _count_values(part: CasePart) -> int:
    """How many values an answer to it may hold."""
    shown = part.type.layout(part.spec, Random(0), shuffle=False)  # noqa: S311 - only counted
    return max(len(shown), len(part.type.full_response(part.spec)))


def _marks_of(number: int, given: Mapping[int, Fraction]) -> Mapping[int, Fraction]:
    """People's marks for one part, as its own type asks for them."""
    return {0: given[number]} if number in given else NO_MARKS


def _name_share(grade: Grade) -> str:
    """What a part earned of its points; nothing to say where the state says it all."""
    if grade.fraction in (0, 1):
        return ""
    return _("得 %(percent)d%% 的分") % {"percent": round(grade.fraction * 100)}


def _find_count_problems(count: int) -> list[str]:
    if not count:
        return [_("材料题至少要有 1 道小题，请添加。")]
    if count > MAX_PARTS:
        return [
            _("材料题最多 %(max)d 道小题，现在有 %(count)d 道，请拆成几道材料题。")
            % {"max": MAX_PARTS, "count": count}
        ]
    return []
