"""Choice questions whose options the editor writes: single and multiple choice."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.grading import Scoring

from .base import Authoring, QuestionError, damaged_data, reading_stored_data
from .choice import ChoiceType
from .options import (
    LETTERS,
    Option,
    find_option_problems,
    load_options,
    read_letters,
    read_options,
)
from .settings import drop_defaults, read_settings

OPTIONS_HELP = gettext_lazy("一行一个选项，2 到 10 个，不用写 A、B、C。")
SCORING = "scoring"


@dataclass(frozen=True, slots=True)
class ChoiceSpec:
    options: tuple[Option, ...]
    right: frozenset[str]
    scoring: Scoring = Scoring.EXACT


class LetteredChoiceType(ChoiceType[ChoiceSpec]):
    """Its scoring is the setting SCORING where the type has it."""

    family = "choice"

    def find_answer_problems(self, count: int) -> list[str]:
        """What is wrong with having `count` right options, which is at least one."""
        return []

    def parse(self, authoring: Authoring) -> ChoiceSpec:
        options = read_options(authoring.options)
        problems = find_option_problems(options)
        right, answer_problems = self._read_answer(authoring, len(options))
        settings, setting_problems = read_settings(self.settings, authoring.settings)
        problems += answer_problems + setting_problems
        if problems:
            raise QuestionError(problems)
        return ChoiceSpec(options, right, Scoring(settings.get(SCORING, Scoring.EXACT)))

    def authoring(self, spec: ChoiceSpec, stem: str = "") -> Authoring:
        letters = (
            letter
            for letter, option in zip(LETTERS, spec.options, strict=False)
            if option.id in spec.right
        )
        options = tuple(each.text for each in spec.options)
        settings = drop_defaults(self.settings, {SCORING: str(spec.scoring)})
        return Authoring(stem, options, ("".join(letters),), settings)

    def to_data(self, spec: ChoiceSpec) -> dict[str, Any]:
        options = [{"id": option.id, "text": option.text} for option in spec.options]
        data = {"options": options, "right": sorted(spec.right)}
        return data | drop_defaults(self.settings, {SCORING: str(spec.scoring)})

    def from_data(self, data: Any) -> ChoiceSpec:
        with reading_stored_data():
            options = load_options(data["options"])
            right, scoring = data["right"], Scoring(data.get(SCORING, Scoring.EXACT))
            is_sound = isinstance(right, list) and 0 < len(right) == len(
                {option.id for option in options} & set(right)
            )
        if not is_sound:
            raise damaged_data()
        return ChoiceSpec(options, frozenset(right), scoring)

    def _read_answer(self, authoring: Authoring, count: int) -> tuple[frozenset[str], list[str]]:
        answer = " ".join(authoring.answers).strip()
        letters = read_letters(answer)
        problems = _find_letter_problems(answer, letters, LETTERS[:count])
        if problems:
            return frozenset(), problems
        right = frozenset(letter.lower() for letter in letters)
        return right, self.find_answer_problems(len(right))


def _find_letter_problems(answer: str, letters: list[str] | None, known: str) -> list[str]:
    if letters is None:
        return [
            _("看不懂答案“%(answer)s”，请只填选项字母，例如 B 或 A,C。") % {"answer": answer[:50]}
        ]
    if not letters:
        return [_("没有填写正确答案，请填选项字母，例如 B 或 A,C。")]
    problems = [
        _("答案 %(letter)s 没有对应的选项，请改答案或补充选项。") % {"letter": letter}
        for letter in sorted(set(letters) - set(known))
    ]
    repeated = sorted({letter for letter in letters if letters.count(letter) > 1})
    if repeated:
        problems.append(
            _("答案里重复写了 %(letters)s，请核对是否写错。") % {"letters": "、".join(repeated)}
        )
    return problems
