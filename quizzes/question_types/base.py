"""What every question type offers. The rest of the code knows types only through this."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any, ClassVar, Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.grading import Grade, State

INPUT_NAME = "response"
# What one answer may take up in all, whatever its type: an attempt stays small however hard
# somebody tries. Each type asks for less; a case of short answers for the most.
MAX_RESPONSE_VALUES, MAX_RESPONSE_LENGTH = 100, 20_000

SpecT = TypeVar("SpecT")

NO_MARKS: Mapping[int, Fraction] = {}


@dataclass(frozen=True, slots=True)
class Authoring:
    """A question as an editor or a file gives it; each type says how it reads the fields.

    options   choices: their texts; matching: "左 => 右", one a pair, "=> 右" for a distractor;
              ordering: the items in the right order
    answers   choices: "B", "A B CD", "A,C", "对"; fill-in: one string per blank, alternatives
              separated by `|||`; numeric: "3.14", "3.14±0.01", "3.14±1%" or "3~4"; short answer:
              the model answer, one string per line
    settings  the type's own, by the keys of `QuestionType.settings`; all values are strings. What
              is missing or empty has its default; keys of other types are passed over.
    parts     the questions of a case, in order
    """

    stem: str
    options: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One question inside a case; `type` is a key of the registry, never a case again."""

    type: str
    authoring: Authoring


@dataclass(frozen=True, slots=True)
class Setting:
    """Something that an editor chooses for a question. Without choices it is a line of text, or
    lines where `is_long`."""

    key: str
    label: str | Promise
    default: str = ""
    choices: tuple[tuple[str, str | Promise], ...] = ()
    help_text: str | Promise = ""
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class MarkingGuide:
    """What a marker goes by. `rubric` holds (what to look for, its points); `stem` is the part's
    own inside a case."""

    model_answer: str = ""
    rubric: tuple[tuple[str, int], ...] = ()
    stem: str = ""


class QuestionError(ValueError):
    """Authoring or stored data that is no question; each message says what to do."""

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = list(messages)
        super().__init__(" ".join(self.messages))


class QuestionType(ABC, Generic[SpecT]):
    key: ClassVar[str]
    label: ClassVar[str | Promise]
    # What the authoring form shows; empty help: the field is not used by this type.
    options_help: ClassVar[str | Promise] = ""
    answers_help: ClassVar[str | Promise] = ""
    settings: ClassVar[tuple[Setting, ...]] = ()
    has_parts: ClassVar[bool] = False
    # A response may hold what somebody typed, in her own words.
    is_typed: ClassVar[bool] = False
    # Of options that letters name, exactly one is right.
    has_one_right: ClassVar[bool] = False

    @property
    def family(self) -> str:
        """Types of one family ask the same thing: their questions can be duplicates."""
        return self.key

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
        """The inverse of `to_data`. Raises QuestionError when the data is malformed.

        Only the shape is checked: what editors may write can grow stricter, and versions written
        before must stay readable.
        """

    @abstractmethod
    def layout(self, spec: SpecT, rng: Random, shuffle: bool) -> list[str]:
        """Option ids in the order of display; the same for the same state of `rng`."""

    @abstractmethod
    def read_response(self, values: Sequence[str], spec: SpecT) -> list[str]:
        """The canonical response in posted form values; empty when nothing was given."""

    @abstractmethod
    def grade(
        self, spec: SpecT, response: Sequence[str], given: Mapping[int, Fraction] = NO_MARKS
    ) -> Grade:
        """Grade a canonical response; `given` holds the marks (0 to 1) that people gave, by part.

        The state is PENDING while a mark is missing that only a person can give.
        """

    def hint(self, spec: SpecT, values: Sequence[str]) -> str:
        """What she should know of the posted values before they count, in Chinese, or nothing:
        e.g. that one cannot be read. They are kept all the same; nothing tells of the key."""
        return ""

    def parts_to_mark(self, spec: SpecT, response: Sequence[str]) -> tuple[int, ...]:
        """Parts that a person must judge: 0 is the question itself, inside a case the places of its
        parts, from 0. Unanswered ones need nobody."""
        return ()

    def marking_guide(self, spec: SpecT, part: int = 0) -> MarkingGuide:
        """For one of `parts_to_mark`."""
        return MarkingGuide()

    @abstractmethod
    def full_response(self, spec: SpecT) -> list[str]:
        """A canonical response that earns full marks, as far as no person is needed."""

    @abstractmethod
    def guess_share(self, spec: SpecT) -> Fraction:
        """The expected share of points for answering at random."""

    @abstractmethod
    def texts(self, spec: SpecT) -> tuple[str, ...]:
        """What makes this question another one than its twin with the same stem, e.g. the options,
        in any order; never the key."""

    @abstractmethod
    def key_facts(self, spec: SpecT) -> Any:
        """What is right, as JSON: by texts instead of ids, equal for equal keys."""

    @abstractmethod
    def tally(self, spec: SpecT, response: Sequence[str]) -> list[str]:
        """What one response counts for in a distribution: e.g. ids of options, folded texts."""

    @abstractmethod
    def tally_labels(self, spec: SpecT) -> list[tuple[str, str, bool]]:
        """(name in `tally`, label, is right) of what is known beforehand, in order."""

    @abstractmethod
    def present(
        self, spec: SpecT, layout: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        """What the answer screen shows. Nothing in it depends on the key."""

    @abstractmethod
    def review(
        self,
        spec: SpecT,
        layout: Sequence[str],
        response: Sequence[str],
        given: Mapping[int, Fraction] = NO_MARKS,
        *,
        shows_answers: bool = True,
        shows_correctness: bool = True,
    ) -> dict[str, Any]:
        """What the review screen shows: what was given and, where the caller allows, the rest.

        Without `shows_answers` nothing of the key is in it ("answer_text" is empty), without
        `shows_correctness` nothing says right or wrong ("state" and "state_label" are empty).
        """

    def show_state(
        self,
        spec: SpecT,
        response: Sequence[str],
        given: Mapping[int, Fraction],
        shows_correctness: bool,
    ) -> dict[str, str]:
        """The part of a review that names the verdict."""
        if not shows_correctness:
            return {"state": "", "state_label": ""}
        state = self.grade(spec, response, given).state
        return {"state": str(state), "state_label": name_state(state)}


STATE_NAMES = {
    State.RIGHT: gettext_lazy("答对"),
    State.PARTIAL: gettext_lazy("部分答对"),
    State.WRONG: gettext_lazy("答错"),
    State.UNANSWERED: gettext_lazy("未作答"),
    State.PENDING: gettext_lazy("待阅卷"),
}


def name_state(state: State) -> str:
    return str(STATE_NAMES[state])


@contextmanager
def reading_stored_data() -> Iterator[None]:
    """Data of another shape than expected is damaged."""
    try:
        yield
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise damaged_data() from error


def damaged_data() -> QuestionError:
    return QuestionError([_("这道题保存的数据已损坏，请重新编辑这道题并保存。")])
