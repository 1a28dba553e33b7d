"""Choice questions whose options the editor writes: single and multiple choice."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .base import Authoring, QuestionError, damaged_data
from .choice import ChoiceType
from .options import LETTERS, OPTION_IDS, Option, find_option_problems, read_letters, read_options


@dataclass(frozen=True, slots=True)
class ChoiceSpec:
    options: tuple[Option, ...]
    right: frozenset[str]


class LetteredChoiceType(ChoiceType[ChoiceSpec]):
    def find_answer_problems(self, count: int) -> list[str]:
        """What is wrong with having `count` right options, which is at least one."""
        return []

    def parse(self, authoring: Authoring) -> ChoiceSpec:
        options = read_options(authoring.options)
        problems = find_option_problems(options)
        right, answer_problems = self._read_answer(authoring, len(options))
        if problems or answer_problems:
            raise QuestionError(problems + answer_problems)
        return ChoiceSpec(options, right)

    def authoring(self, spec: ChoiceSpec, stem: str = "") -> Authoring:
        letters = (
            letter
            for letter, option in zip(LETTERS, spec.options, strict=False)
            if option.id in spec.right
        )
        return Authoring(stem, tuple(each.text for each in spec.options), ("".join(letters),))

    def to_data(self, spec: ChoiceSpec) -> dict[str, Any]:
        options = [{"id": option.id, "text": option.text} for option in spec.options]
        return {"options": options, "right": sorted(spec.right)}

    def from_data(self, data: Any) -> ChoiceSpec:
        try:
            options = tuple(Option(each["id"], each["text"]) for each in data["options"])
            spec = ChoiceSpec(options, frozenset(data["right"]))
            is_sound = self._is_sound(spec)
        except (KeyError, TypeError, AttributeError) as error:
            raise damaged_data() from error
        if not is_sound or not isinstance(data["right"], list):
            raise damaged_data()
        return spec

    def _is_sound(self, spec: ChoiceSpec) -> bool:
        ids = [option.id for option in spec.options]
        return (
            ids == list(OPTION_IDS[: len(ids)])
            and not find_option_problems(spec.options)
            and bool(spec.right)
            and spec.right <= set(ids)
            and not self.find_answer_problems(len(spec.right))
        )

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
