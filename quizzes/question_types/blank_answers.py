"""Reading the answers of a fill-in question."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from quizzes.grading import fold_text

from .tidying import tidy_text

MAX_LENGTH = 200
ALTERNATIVES = "|||"
_ALTERNATIVES = re.compile(r"[|｜]{3,}")

Blanks = tuple[tuple[str, ...], ...]


def read_blanks(answers: Sequence[str]) -> Blanks:
    """Accepted texts per blank; empty cells at the end of a workbook row are no blanks."""
    blanks = [_read_accepted(answer) for answer in answers]
    while blanks and not blanks[-1]:
        blanks.pop()
    return tuple(blanks)


def _read_accepted(answer: str) -> tuple[str, ...]:
    texts = (tidy_text(each).strip("|｜ ") for each in _ALTERNATIVES.split(answer))
    return tuple(dict.fromkeys(text for text in texts if text))


def find_blank_problems(blanks: Blanks) -> list[str]:
    if not blanks:
        return [_("没有填写正确答案，请为每个空填写答案。")]
    problems = []
    for number, accepted in enumerate(blanks, start=1):
        if not accepted or not all(fold_text(text) for text in accepted):
            problems.append(_("第 %(number)d 空没有答案，请填写。") % {"number": number})
        if any(len(text) > MAX_LENGTH for text in accepted):
            problems.append(
                _("第 %(number)d 空的答案超过 %(max)d 字，请缩短，或把它分成几个空。")
                % {"number": number, "max": MAX_LENGTH}
            )
    return problems
