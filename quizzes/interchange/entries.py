"""What every format reads a file into, and what every format writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RawQuestion:
    """A question as a file has it: the fields are told apart, the wording is not yet judged.

    `type` is a key of the registry; options, answers and settings are in the shapes of
    `question_types.base.Authoring`. `difficulty` is 1 to 5, or None where the file says nothing.
    `sheet` and `row` say where it stands: for other files than workbooks, the category or section
    and the number of the line or paragraph. `notes` tell what was read differently from what the
    file says. The `parts` of a case have type, stem, options, answers and settings, no filing.
    """

    sheet: str
    row: int
    type: str
    stem: str
    options: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    explanation: str = ""
    difficulty: int | None = None
    knowledge_point: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    parts: tuple["RawQuestion", ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[int, ...]:
        """Every row of the file that went into it."""
        return (self.row, *(part.row for part in self.parts if part.row != self.row))


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that is not imported, and why. `row` counts from 1, as Excel shows it.

    `type` is empty where it could not be told; it may be one that no registry has. `text` is what
    stands there, for files whose rows cannot be copied.
    """

    sheet: str
    row: int
    reason: str
    type: str = ""
    text: str = ""

    @property
    def rows(self) -> tuple[int, ...]:
        return (self.row,)


Entry = RawQuestion | Problem


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the message says why and what to do, in Chinese."""
