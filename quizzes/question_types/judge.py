"""True or false. The options are always 对 and 错, in this order."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.grading import Scoring

from .base import Authoring, QuestionError, damaged_data
from .choice import ChoiceType
from .options import Option

TRUE_ID, FALSE_ID = "a", "b"
TRUE_WORDS = frozenset({"对", "正确", "是", "√", "✓", "✔", "t", "true", "y", "yes"})
FALSE_WORDS = frozenset(
    {"错", "错误", "不对", "不正确", "否", "×", "✗", "✘", "x", "f", "false", "n", "no"}
)


@dataclass(frozen=True, slots=True)
class JudgeSpec:
    is_true: bool

    @property
    def options(self) -> tuple[Option, ...]:
        return (Option(TRUE_ID, _("对")), Option(FALSE_ID, _("错")))

    @property
    def right(self) -> frozenset[str]:
        return frozenset({TRUE_ID if self.is_true else FALSE_ID})

    @property
    def scoring(self) -> Scoring:
        return Scoring.EXACT


class Judge(ChoiceType[JudgeSpec]):
    key = "judge"
    label = gettext_lazy("判断题")
    options_help = gettext_lazy("可以不填；要填就是“对”和“错”各一行。")
    answers_help = gettext_lazy("填“对”或“错”。")
    has_one_right = True

    def parse(self, authoring: Authoring) -> JudgeSpec:
        options = [read_truth(text) for text in authoring.options if text.strip()]
        if options not in ([], [True, False], [False, True]):
            raise QuestionError([_("判断题的选项只能是“对”和“错”，请改正或清空选项。")])
        answer = " ".join(authoring.answers).strip()
        is_true = _read_answer(answer, options or [True, False])
        if is_true is None:
            raise QuestionError([_explain_answer(answer)])
        return JudgeSpec(is_true)

    def authoring(self, spec: JudgeSpec, stem: str = "") -> Authoring:
        options = tuple(option.text for option in spec.options)
        return Authoring(stem, options, (options[0] if spec.is_true else options[1],))

    def to_data(self, spec: JudgeSpec) -> dict[str, Any]:
        return {"is_true": spec.is_true}

    def from_data(self, data: Any) -> JudgeSpec:
        if not isinstance(data, dict) or not isinstance(data.get("is_true"), bool):
            raise damaged_data()
        return JudgeSpec(data["is_true"])

    def layout(self, spec: JudgeSpec, rng: Random, shuffle: bool) -> list[str]:
        return [TRUE_ID, FALSE_ID]

    def read_response(self, values: Sequence[str], spec: JudgeSpec) -> list[str]:
        return super().read_response(values, spec)[:1]

    def texts(self, spec: JudgeSpec) -> tuple[str, ...]:
        # 对 and 错 are no difference between two questions.
        return ()

    def tally_labels(self, spec: JudgeSpec) -> list[tuple[str, str, bool]]:
        """Without letters: nobody sees any beside 对 and 错."""
        return [(option.id, option.text, option.id in spec.right) for option in spec.options]

    def name_options(self, shown: Sequence[dict[str, Any]]) -> str:
        return "、".join(each["text"] for each in shown)


def read_truth(text: str) -> bool | None:
    """True for 对, 正确, √ …, False for 错, ×, F …, None for anything else."""
    word = unicodedata.normalize("NFKC", text).strip(" 。.;").casefold()
    return True if word in TRUE_WORDS else False if word in FALSE_WORDS else None


def _read_answer(answer: str, options: list[bool | None]) -> bool | None:
    """An answer may be a word, or a letter that names an option: A is 错 in some workbooks."""
    letter = unicodedata.normalize("NFKC", answer).strip(" 。.;").upper()
    return dict(zip("AB", options, strict=True)).get(letter, read_truth(answer))


def _explain_answer(answer: str) -> str:
    if not answer:
        return _("没有填写正确答案，请填“对”或“错”。")
    return _("看不懂答案“%(answer)s”，判断题请填“对”或“错”。") % {"answer": answer[:50]}
