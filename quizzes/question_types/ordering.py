"""Ordering: the learner brings items into their right order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.grading import Grade, Scoring, grade_order, mark_neighbours

from .base import (
    INPUT_NAME,
    NO_MARKS,
    Authoring,
    QuestionError,
    QuestionType,
    Setting,
    damaged_data,
    reading_stored_data,
)
from .items import find_count_problems, find_twins, number_items, show_items, shuffle_items
from .markers import drop_markers
from .options import Option, load_options
from .settings import drop_defaults, read_settings
from .tidying import tidy_text

SCORING = "scoring"


@dataclass(frozen=True, slots=True)
class OrderSpec:
    """`items` are sorted by text, `right` holds their ids in the right order."""

    items: tuple[Option, ...]
    right: tuple[str, ...]
    scoring: Scoring = Scoring.PARTIAL

    @property
    def right_texts(self) -> list[str]:
        texts = {item.id: item.text for item in self.items}
        return [texts[item_id] for item_id in self.right]


class Ordering(QuestionType[OrderSpec]):
    key = "ordering"
    label = gettext_lazy("排序题")
    options_help = gettext_lazy(
        "一行一项，按正确的先后顺序写，2 到 12 项；执委看到的是打乱的顺序。"
    )
    settings = (
        Setting(
            SCORING,
            gettext_lazy("计分方式"),
            default=str(Scoring.PARTIAL),
            choices=(
                (str(Scoring.PARTIAL), gettext_lazy("前后相接对几处得几分")),
                (str(Scoring.EXACT), gettext_lazy("全对才得分")),
            ),
        ),
    )

    def parse(self, authoring: Authoring) -> OrderSpec:
        texts = [text for each in authoring.options if (text := tidy_text(each))]
        settings, problems = read_settings(self.settings, authoring.settings)
        problems = find_count_problems(len(texts), least=2) + find_twins(texts) + problems
        if problems:
            raise QuestionError(problems)
        items = number_items(texts)
        ids = {item.text: item.id for item in items}
        return OrderSpec(items, tuple(ids[text] for text in texts), Scoring(settings[SCORING]))

    def authoring(self, spec: OrderSpec, stem: str = "") -> Authoring:
        settings = drop_defaults(self.settings, {SCORING: str(spec.scoring)})
        return Authoring(stem, tuple(spec.right_texts), (), settings)

    def to_data(self, spec: OrderSpec) -> dict[str, Any]:
        items = [{"id": item.id, "text": item.text} for item in spec.items]
        settings = drop_defaults(self.settings, {SCORING: str(spec.scoring)})
        return {"items": items, "order": list(spec.right), **settings}

    def from_data(self, data: Any) -> OrderSpec:
        with reading_stored_data():
            items, order = load_options(data["items"]), data["order"]
            scoring = Scoring(data.get(SCORING, Scoring.PARTIAL))
            is_sound = isinstance(order, list) and sorted(order) == sorted(
                item.id for item in items
            )
        if not is_sound or len(items) < 2:
            raise damaged_data()
        return OrderSpec(items, tuple(order), scoring)

    def layout(self, spec: OrderSpec, rng: Random, shuffle: bool) -> list[str]:
        """Always shuffled, for the editor's order is the answer. The right order comes up as often
        as any other: were it left out, what is shown would tell something."""
        return shuffle_items(spec.items, rng)

    def read_response(self, values: Sequence[str], spec: OrderSpec) -> list[str]:
        """An item counts where it stands first; unknown and repeated ones leave a gap."""
        free = {item.id for item in spec.items}
        places = []
        for value in [*values, *[""] * len(spec.items)][: len(spec.items)]:
            is_known = isinstance(value, str) and value in free
            places.append(value if is_known else "")
            free.discard(places[-1])
        return places if any(places) else []

    def hint(self, spec: OrderSpec, values: Sequence[str]) -> str:
        """Only without the script can one item be chosen for two places."""
        given = [value for value in values if value]
        twice = {item.text for item in spec.items if given.count(item.id) > 1}
        places = self.read_response(values, spec)
        gaps = [str(number) for number, each in enumerate(places, start=1) if not each]
        if not twice:
            return ""
        facts = {"items": "”“".join(map(drop_markers, sorted(twice))), "places": "、".join(gaps)}
        return _("“%(items)s”选了不止一次，只留了最前面的；请给第 %(places)s 位另选一项。") % facts

    def grade(
        self, spec: OrderSpec, response: Sequence[str], given: Mapping[int, Fraction] = NO_MARKS
    ) -> Grade:
        return grade_order(right=spec.right, given=tuple(response), scoring=spec.scoring)

    def full_response(self, spec: OrderSpec) -> list[str]:
        return list(spec.right)

    def guess_share(self, spec: OrderSpec) -> Fraction:
        """Each right neighbourhood comes about by chance once in as many times as there are
        items; the whole order hardly ever."""
        is_shared = spec.scoring is Scoring.PARTIAL
        return Fraction(1, len(spec.items)) if is_shared else Fraction(0)

    def texts(self, spec: OrderSpec) -> tuple[str, ...]:
        return tuple(item.text for item in spec.items)

    def key_facts(self, spec: OrderSpec) -> Any:
        return spec.right_texts

    def tally(self, spec: OrderSpec, response: Sequence[str]) -> list[str]:
        return [" ".join(each or "-" for each in response)] if response else []

    def tally_labels(self, spec: OrderSpec) -> list[tuple[str, str, bool]]:
        return [(" ".join(spec.right), " → ".join(spec.right_texts), True)]

    def present(
        self, spec: OrderSpec, layout: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        items = [{"id": item.id, "text": item.text} for item in show_items(spec.items, layout)]
        chosen = [*response, *[""] * len(items)][: len(items)]
        places = [{"number": i, "chosen": each} for i, each in enumerate(chosen, start=1)]
        return {"name": INPUT_NAME, "items": items, "places": places}

    def review(
        self,
        spec: OrderSpec,
        layout: Sequence[str],
        response: Sequence[str],
        given: Mapping[int, Fraction] = NO_MARKS,
        *,
        shows_answers: bool = True,
        shows_correctness: bool = True,
    ) -> dict[str, Any]:
        """Places after the first carry "follows" (rightly behind the one before) where allowed."""
        texts = {item.id: item.text for item in spec.items}
        places = [
            {"number": i, "text": texts.get(each, "")} for i, each in enumerate(response, start=1)
        ]
        if shows_correctness and response:
            marks = mark_neighbours(right=spec.right, given=tuple(response))
            for place, follows in zip(places[1:], marks, strict=True):
                place["follows"] = follows
        right = spec.right_texts if shows_answers else []
        return self.show_state(spec, response, given, shows_correctness) | {
            "places": places,
            "right": right,
            "answer_text": _(" → ").join(right),
        }
