"""The words of the tree import: a row of the file, a node of the database, a problem, a plan."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class DivisionRow:
    """One line of the file. `parent_code` is empty for the root; `fault` is set by the reader."""

    line: int
    code: str
    parent_code: str
    level: int
    name: str
    kind: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class KnownNode:
    """A federation that is in the database. `key` is its code, or `#id` when it has none."""

    pk: int
    key: str
    parent_key: str
    level: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a line, in Chinese; line 0 is the file as a whole."""

    line: int
    message: str

    def __str__(self) -> str:
        if not self.line:
            return self.message
        return _("第 %(line)d 行：%(message)s") % {"line": self.line, "message": self.message}


class TreeFileError(ValueError):
    """The file cannot be imported; `problems` lists every reason in the order of the lines."""

    def __init__(self, problems: list[RowProblem]):
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class TreePlan:
    """What the import will do. `created` and `moved` have parents before their children."""

    created: list[DivisionRow] = field(default_factory=list)
    updated: list[tuple[int, DivisionRow]] = field(default_factory=list)
    moved: list[tuple[int, DivisionRow]] = field(default_factory=list)
    unchanged: int = 0
    absent: int = 0
