"""A question's wording as it will be kept: read by its type, tidied, with its fingerprint."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from quizzes.models import Question, QuestionVersion
from quizzes.question_types.base import Authoring, Part, QuestionError
from quizzes.question_types.registry import get_type
from quizzes.question_types.tidying import tidy_block

from .fingerprint import fingerprint, fold_key

NO_SETTINGS: Mapping[str, str] = {}


@dataclass(frozen=True)
class Wording:
    """Everything that a version keeps."""

    type: str
    stem: str
    data: dict[str, Any] = field(hash=False)
    explanation: str = ""

    @cached_property
    def fingerprint(self) -> str:
        question_type, spec = self._read()
        texts = question_type.texts(spec)
        return fingerprint(family=question_type.family, stem=self.stem, texts=texts)

    @cached_property
    def key(self) -> str:
        """What is right, to compare: equal for questions with equal keys."""
        question_type, spec = self._read()
        return fold_key(texts=question_type.texts(spec), key=question_type.key_facts(spec))

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers as an editor would write them: one per blank."""
        question_type, spec = self._read()
        return question_type.authoring(spec).answers

    def is_in(self, version: QuestionVersion) -> bool:
        kept = (version.type, version.stem, version.data, version.explanation)
        return kept == (self.type, self.stem, self.data, self.explanation)

    def _read(self):
        question_type = get_type(self.type)
        return question_type, question_type.from_data(self.data)


def read_wording(
    *,
    type: str,
    stem: str,
    options: Sequence[str],
    answers: Sequence[str],
    explanation: str,
    settings: Mapping[str, str] = NO_SETTINGS,
    parts: Sequence[Part] = (),
) -> Wording:
    """Raises QuestionError with everything that is wrong."""
    question_type = get_type(type)
    stem = tidy_block(stem)
    authoring = Authoring(
        stem, tuple(options), tuple(answers), settings, tuple(map(_tidy_part, parts))
    )
    problems = [] if stem else [_("题干是空的，请填写题干。")]
    try:
        spec = question_type.parse(authoring)
    except QuestionError as error:
        raise QuestionError(problems + error.messages) from error
    if problems:
        raise QuestionError(problems)
    return Wording(type, stem, question_type.to_data(spec), tidy_block(explanation))


def _tidy_part(part: Part) -> Part:
    authoring = replace(part.authoring, stem=tidy_block(part.authoring.stem))
    return replace(part, authoring=authoring)


def find_filing_problems(*, difficulty: int, knowledge_point: str, source: str) -> list[str]:
    """What is wrong with where a question is filed."""
    problems = []
    if difficulty not in range(1, 6):
        problems.append(_("难度请填 1 到 5。"))
    for name, text in (("knowledge_point", knowledge_point), ("source", source)):
        column = Question._meta.get_field(name)
        if len(text) > column.max_length:
            problems.append(
                _("“%(name)s”超过 %(max)d 字，请缩短。")
                % {"name": column.verbose_name, "max": column.max_length}
            )
    return problems
