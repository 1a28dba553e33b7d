"""Options of a choice question: reading them and the letters that name them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from quizzes.grading import fold_text

from .tidying import tidy_text

MIN_OPTIONS, MAX_OPTIONS = 2, 10
# An id says where the editor put the option; the letter says where the learner sees it.
OPTION_IDS = "abcdefghij"
LETTERS = OPTION_IDS.upper()

_WORDS_BETWEEN_LETTERS = re.compile(r"[和与及]")


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    text: str


def read_options(texts: Sequence[str]) -> tuple[Option, ...]:
    """Number the options; empty cells at the end of a workbook row are no options."""
    tidied = [tidy_text(text) for text in texts]
    while tidied and not tidied[-1]:
        tidied.pop()
    return tuple(
        Option(id=OPTION_IDS[i] if i < MAX_OPTIONS else str(i), text=text)
        for i, text in enumerate(tidied)
    )


def load_options(data: Any) -> tuple[Option, ...]:
    """Options as they are stored. Raises KeyError, TypeError or ValueError for another shape."""
    options = tuple(Option(each["id"], each["text"]) for each in data)
    words = [word for option in options for word in (option.id, option.text)]
    if not options or not all(isinstance(word, str) and word for word in words):
        raise ValueError("an option needs an id and a text")
    if len({option.id for option in options}) < len(options):
        raise ValueError("two options have one id")
    return options


def find_option_problems(options: Sequence[Option]) -> list[str]:
    problems = []
    if len(options) < MIN_OPTIONS:
        problems.append(_("选择题至少要有 2 个选项，请补充选项。"))
    if len(options) > MAX_OPTIONS:
        problems.append(
            _("选择题最多 %(max)d 个选项，现在有 %(count)d 个，请删去一些。")
            % {"max": MAX_OPTIONS, "count": len(options)}
        )
        return problems
    return problems + _find_empty_options(options) + _find_duplicate_options(options)


def _find_empty_options(options: Sequence[Option]) -> list[str]:
    return [
        _("选项 %(letter)s 是空的，请填写或删去它。") % {"letter": letter}
        for letter, option in zip(LETTERS, options, strict=False)
        if not option.text
    ]


def _find_duplicate_options(options: Sequence[Option]) -> list[str]:
    first_letters: dict[str, str] = {}
    problems = []
    for letter, option in zip(LETTERS, options, strict=False):
        if not option.text:
            continue
        first = first_letters.setdefault(fold_text(option.text) or option.text, letter)
        if first != letter:
            problems.append(
                _("选项 %(first)s 和 %(second)s 内容相同，请修改其中一个。")
                % {"first": first, "second": letter}
            )
    return problems


def read_letters(answer: str) -> list[str] | None:
    """The letters in "A B CD", "ａ、ｃ" or "A和C"; None when there is anything else in it."""
    text = _WORDS_BETWEEN_LETTERS.sub(" ", unicodedata.normalize("NFKC", answer).upper())
    words = [char for char in text if char.isalnum()]
    return None if any(not "A" <= char <= "Z" for char in words) else words
