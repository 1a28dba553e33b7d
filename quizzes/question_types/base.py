"""What every question type offers. The rest of the code knows types only through this."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar, Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from quizzes.grading import Grade, State

INPUT_NAME = "response"

SpecT = TypeVar("SpecT")


@dataclass(frozen=True, slots=True)
class Authoring:
    """A question as an editor or a workbook row gives it.

    `answers` holds one string for choices ("B", "A B CD", "A,C", "对") and one string per
    blank for fill-in, with alternatives separated by `|||`.
    """

    stem: str
    options: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


class QuestionError(ValueError):
    """Authoring or stored data that is no question; each message says what to do."""

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = list(messages)
        super().__init__(" ".join(self.messages))


class QuestionType(ABC, Generic[SpecT]):
    key: ClassVar[str]
    label: ClassVar[str | Promise]

    @property
    def answer_template(self) -> str:
        return f"questions/{self.key}/answer.html"

    @property
    def review_template(self) -> str:
        return f"questions/{self.key}/review.html"

    @abstractmethod
    def parse(self, authoring: Authoring) -> SpecT:
        """Read what an editor wrote. Raises QuestionError with everything that is wrong."""

    @abstractmethod
    def authoring(self, spec: SpecT, stem: str = "") -> Authoring:
        """The inverse of `parse`; the spec does not know its stem."""

    @abstractmethod
    def to_data(self, spec: SpecT) -> dict[str, Any]:
        """JSON for the database."""

    @abstractmethod
    def from_data(self, data: Any) -> SpecT:
        """The inverse of `to_data`. Raises QuestionError when the data is malformed."""

    @abstractmethod
    def layout(self, spec: SpecT, rng: Random, shuffle: bool) -> list[str]:
        """Option ids in the order of display."""

    @abstractmethod
    def read_response(self, values: Sequence[str], spec: SpecT) -> list[str]:
        """The canonical response in posted form values; empty when nothing was given."""

    @abstractmethod
    def grade(self, spec: SpecT, response: Sequence[str]) -> Grade:
        """Grade a canonical response."""

    @abstractmethod
    def present(
        self, spec: SpecT, layout: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        """What the answer screen shows. Nothing in it depends on the key."""

    @abstractmethod
    def review(self, spec: SpecT, layout: Sequence[str], response: Sequence[str]) -> dict[str, Any]:
        """What the review screen shows, the key included."""


def name_state(state: State) -> str:
    return {
        State.RIGHT: _("答对"),
        State.PARTIAL: _("部分答对"),
        State.WRONG: _("答错"),
        State.UNANSWERED: _("未作答"),
    }[state]


def damaged_data() -> QuestionError:
    return QuestionError([_("这道题保存的数据已损坏，请重新编辑这道题并保存。")])
