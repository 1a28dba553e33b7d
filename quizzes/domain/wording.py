"""A question's wording as it will be kept: read by its type, tidied, with its fingerprint."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from quizzes.models import Question, QuestionVersion
from quizzes.question_types.base import Authoring, QuestionError
from quizzes.question_types.registry import get_type
from quizzes.question_types.tidying import drop_unstorable

from .fingerprint import fingerprint, read_key


@dataclass(frozen=True)
class Wording:
    """Everything that a version keeps."""

    type: str
    stem: str
    data: dict[str, Any] = field(hash=False)
    explanation: str = ""

    @cached_property
    def fingerprint(self) -> str:
        return fingerprint(type=self.type, stem=self.stem, data=self.data)

    @cached_property
    def key(self) -> str:
        return read_key(self.data)

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers as an editor would write them: one per blank."""
        question_type = get_type(self.type)
        return question_type.authoring(question_type.from_data(self.data)).answers

    def is_in(self, version: QuestionVersion) -> bool:
        kept = (version.type, version.stem, version.data, version.explanation)
        return kept == (self.type, self.stem, self.data, self.explanation)


def read_wording(
    *, type: str, stem: str, options: Sequence[str], answers: Sequence[str], explanation: str
) -> Wording:
    """Raises QuestionError with everything that is wrong."""
    question_type = get_type(type)
    stem = tidy_block(stem)
    problems = [] if stem else [_("题干是空的，请填写题干。")]
    try:
        spec = question_type.parse(Authoring(stem, tuple(options), tuple(answers)))
    except QuestionError as error:
        raise QuestionError(problems + error.messages) from error
    if problems:
        raise QuestionError(problems)
    return Wording(type, stem, question_type.to_data(spec), tidy_block(explanation))


def tidy_block(text: str) -> str:
    """Text with its lines kept, and the spaces too: a wide gap in a stem is a blank.

    Control characters go, which PostgreSQL refuses.
    """
    lines = text.replace("\t", " ").splitlines()
    return "\n".join(drop_unstorable(line) for line in lines).strip()


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
