"""The question types. A new one is a pure module, an adapter, a template folder and a line."""

from .base import QuestionType
from .blank import Blank
from .case import Case
from .judge import Judge
from .matching import Matching
from .multiple import MultipleChoice
from .numeric import Numeric
from .ordering import Ordering
from .short import Short
from .single import SingleChoice

# What may stand inside a case.
PLAIN_TYPES: dict[str, QuestionType] = {
    "single": SingleChoice(),
    "multiple": MultipleChoice(),
    "judge": Judge(),
    "blank": Blank(),
    "matching": Matching(),
    "ordering": Ordering(),
    "numeric": Numeric(),
    "short": Short(),
}

QUESTION_TYPES: dict[str, QuestionType] = {**PLAIN_TYPES, "case": Case(PLAIN_TYPES)}


def get_type(key: str) -> QuestionType:
    """Raises KeyError for a key that no type has."""
    return QUESTION_TYPES[key]
