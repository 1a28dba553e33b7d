"""The question types. A new one is a pure module, an adapter, a template folder and a line."""

from .base import QuestionType
from .blank import Blank
from .judge import Judge
from .multiple import MultipleChoice
from .single import SingleChoice

QUESTION_TYPES: dict[str, QuestionType] = {
    "single": SingleChoice(),
    "multiple": MultipleChoice(),
    "judge": Judge(),
    "blank": Blank(),
}


def get_type(key: str) -> QuestionType:
    """Raises KeyError for a key that no type has."""
    return QUESTION_TYPES[key]
