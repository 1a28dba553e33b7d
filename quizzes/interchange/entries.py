"""What every format reads a file into."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawQuestion:
    """A question as a file has it: the fields are told apart, the wording is not yet judged.

    `type` is a key of the registry. `difficulty` is 1 to 5, or None where the file says nothing.
    `notes` tell what was read differently from what the file says.
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


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that is not imported, and why. `row` counts from 1, as Excel shows it.

    `type` is empty where it could not be told; it may be one that no registry has.
    """

    sheet: str
    row: int
    reason: str
    type: str = ""


Entry = RawQuestion | Problem


class UnreadableWorkbook(Exception):
    """The file as a whole cannot be read; the message says what to do."""
