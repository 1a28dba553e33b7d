"""Matching: each item on the left gets one on the right.

A right-hand item may be used for several left-hand ones, or, as a distractor, for none: choosing
stays a choice to the last pair, and "which of these three belongs where" can be asked too.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.grading import Grade, fold_text, grade_matching, mark_matching

from .base import (
    INPUT_NAME,
    NO_MARKS,
    Authoring,
    QuestionError,
    QuestionType,
    damaged_data,
    reading_stored_data,
)
from .items import (
    LETTERS,
    find_count_problems,
    find_twins,
    number_items,
    show_items,
    shuffle_items,
)
from .markers import MARKER, drop_markers
from .options import Option, load_options
from .tidying import tidy_text

_ARROW = re.compile(r"\s*[=＝][>＞]\s*")
# A picker on a phone cuts longer texts off: then they stand in a list of their own as well.
LONGEST_IN_PICKER = 18


@dataclass(frozen=True, slots=True)
class MatchSpec:
    """`choices` are sorted by text; `right` holds one of their ids per left-hand text."""

    left: tuple[str, ...]
    choices: tuple[Option, ...]
    right: tuple[str, ...]

    @property
    def right_texts(self) -> list[str]:
        texts = {choice.id: choice.text for choice in self.choices}
        return [texts[choice_id] for choice_id in self.right]


class Matching(QuestionType[MatchSpec]):
    key = "matching"
    label = gettext_lazy("配对题")
    options_help = gettext_lazy(
        "一行一对，写成“左 => 右”；只写“=> 右”是干扰项。几行的右边可以相同，"
        "执委看到的右边只列一次，顺序是打乱的。"
    )

    def parse(self, authoring: Authoring) -> MatchSpec:
        lines = [text for each in authoring.options if (text := tidy_text(each))]
        pairs, problems = _read_pairs(lines)
        left = tuple(mine for mine, _its in pairs if mine)
        choices = _unify(its for _mine, its in pairs)
        problems = problems or _find_problems(left, choices)
        if problems:
            raise QuestionError(problems)
        items = number_items(choices.values())
        ids = {item.text: item.id for item in items}
        right = tuple(ids[choices[_fold(its)]] for mine, its in pairs if mine)
        return MatchSpec(left, items, right)

    def authoring(self, spec: MatchSpec, stem: str = "") -> Authoring:
        pairs = [f"{mine} => {its}" for mine, its in zip(spec.left, spec.right_texts, strict=True)]
        spare = [f"=> {choice.text}" for choice in spec.choices if choice.id not in spec.right]
        return Authoring(stem, (*pairs, *spare))

    def to_data(self, spec: MatchSpec) -> dict[str, Any]:
        choices = [{"id": choice.id, "text": choice.text} for choice in spec.choices]
        return {"left": list(spec.left), "choices": choices, "match": list(spec.right)}

    def from_data(self, data: Any) -> MatchSpec:
        with reading_stored_data():
            left, right = tuple(data["left"]), tuple(data["match"])
            choices = load_options(data["choices"])
            is_sound = (
                isinstance(data["left"], list)
                and isinstance(data["match"], list)
                and bool(left)
                and all(isinstance(text, str) and text for text in left)
                and len(left) == len(right)
                and set(right) <= {choice.id for choice in choices}
            )
        if not is_sound:
            raise damaged_data()
        return MatchSpec(left, choices, right)

    def layout(self, spec: MatchSpec, rng: Random, shuffle: bool) -> list[str]:
        """The right-hand ids; unshuffled by text, which says nothing of the pairs."""
        return shuffle_items(spec.choices, rng) if shuffle else [each.id for each in spec.choices]

    def read_response(self, values: Sequence[str], spec: MatchSpec) -> list[str]:
        known = {choice.id for choice in spec.choices}
        filled = [*values, *[""] * len(spec.left)][: len(spec.left)]
        chosen = [each if isinstance(each, str) and each in known else "" for each in filled]
        return chosen if any(chosen) else []

    def grade(
        self, spec: MatchSpec, response: Sequence[str], given: Mapping[int, Fraction] = NO_MARKS
    ) -> Grade:
        return grade_matching(right=spec.right, given=tuple(response))

    def full_response(self, spec: MatchSpec) -> list[str]:
        return list(spec.right)

    def guess_share(self, spec: MatchSpec) -> Fraction:
        return Fraction(1, len(spec.choices))

    def texts(self, spec: MatchSpec) -> tuple[str, ...]:
        return (*spec.left, *(choice.text for choice in spec.choices))

    def key_facts(self, spec: MatchSpec) -> Any:
        return sorted([mine, its] for mine, its in zip(spec.left, spec.right_texts, strict=True))

    def tally(self, spec: MatchSpec, response: Sequence[str]) -> list[str]:
        """One for each pair that was made: the left-hand place and the right-hand id."""
        return [f"{place}{each}" for place, each in enumerate(response, start=1) if each]

    def tally_labels(self, spec: MatchSpec) -> list[tuple[str, str, bool]]:
        return [
            (f"{place}{choice.id}", f"{mine} → {choice.text}", choice.id == its)
            for place, (mine, its) in enumerate(zip(spec.left, spec.right, strict=True), start=1)
            for choice in spec.choices
        ]

    def present(
        self, spec: MatchSpec, layout: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        chosen = [*response, *[""] * len(spec.left)][: len(spec.left)]
        rows = [
            {"number": i, "text": text, "chosen": each}
            for i, (text, each) in enumerate(zip(spec.left, chosen, strict=True), start=1)
        ]
        choices = _show_choices(spec, layout)
        return {
            "name": INPUT_NAME,
            "rows": rows,
            "choices": choices,
            "lists_choices": any(_needs_list(each["text"]) for each in choices),
        }

    def review(
        self,
        spec: MatchSpec,
        layout: Sequence[str],
        response: Sequence[str],
        given: Mapping[int, Fraction] = NO_MARKS,
        *,
        shows_answers: bool = True,
        shows_correctness: bool = True,
    ) -> dict[str, Any]:
        """Rows carry "is_right" and "right_text" where allowed."""
        texts = {choice.id: choice.text for choice in spec.choices}
        chosen = [*response, *[""] * len(spec.left)][: len(spec.left)]
        rows = [
            {"number": i, "text": text, "given_text": texts.get(each, "")}
            for i, (text, each) in enumerate(zip(spec.left, chosen, strict=True), start=1)
        ]
        if shows_correctness:
            marks = mark_matching(right=spec.right, given=tuple(chosen))
            for row, is_right in zip(rows, marks, strict=True):
                row["is_right"] = is_right
        if shows_answers:
            for row, text in zip(rows, spec.right_texts, strict=True):
                row["right_text"] = text
        pairs = [f"{row['text']} → {row['right_text']}" for row in rows if shows_answers]
        return self.show_state(spec, response, given, shows_correctness) | {
            "rows": rows,
            "shows_correctness": shows_correctness,
            "answer_text": "；".join(map(drop_markers, pairs)),
        }


def _read_pairs(lines: Sequence[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """(left, right) of each line, the left empty for a distractor; and what is wrong."""
    pairs, problems = [], []
    for number, line in enumerate(lines, start=1):
        mine, *its = _ARROW.split(line)
        if len(its) != 1 or not its[0]:
            problems.append(
                _("第 %(number)d 行看不懂，请写成“左 => 右”，一行一对。") % {"number": number}
            )
        else:
            pairs.append((mine, its[0]))
    return pairs, problems


def _find_problems(left: Sequence[str], choices: Mapping[str, str]) -> list[str]:
    problems = find_count_problems(len(left), least=2) + find_twins(left)
    if len(choices) < 2:
        problems.append(_("右边至少要有 2 个不同的内容，请补充，或加干扰项“=> 内容”。"))
    elif len(choices) > len(LETTERS):
        problems.append(
            _("右边最多 %(max)d 个不同的内容，现在有 %(count)d 个，请删去一些。")
            % {"max": len(LETTERS), "count": len(choices)}
        )
    return problems


def _fold(text: str) -> str:
    return fold_text(text) or text


def _unify(texts: Iterable[str]) -> dict[str, str]:
    """Right-hand texts by what they fold to; twins are one, written as it stood first."""
    unified: dict[str, str] = {}
    for text in texts:
        unified.setdefault(_fold(text), text)
    return unified


def _show_choices(spec: MatchSpec, layout: Sequence[str]) -> list[dict[str, str]]:
    shown = show_items(spec.choices, layout)
    return [
        {"id": choice.id, "letter": letter, "text": choice.text}
        for letter, choice in zip(LETTERS, shown, strict=False)
    ]


def _needs_list(text: str) -> bool:
    return len(text) > LONGEST_IN_PICKER or bool(MARKER.search(text))
