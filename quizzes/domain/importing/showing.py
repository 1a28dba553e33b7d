"""A wording's key in words, for the notes of an import."""

import re

from django.utils.translation import gettext as _

from quizzes.domain.wording import Wording
from quizzes.question_types.blank import Blank
from quizzes.question_types.choice import ChoiceType
from quizzes.question_types.registry import get_type

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_CHARS = 80
# What people write for "or"; the answer is compared as one text with it.
_OR = re.compile(r"\S\s*[;；/／|｜或]\s*\S")


def show_key(wording: Wording) -> str:
    """ "北京；上海": texts of right options, answers, or the items that hold the key."""
    question_type = get_type(wording.type)
    authoring = question_type.authoring(question_type.from_data(wording.data))
    texts = authoring.answers or authoring.options
    if isinstance(question_type, ChoiceType) and authoring.options:
        letters = "".join(authoring.answers)
        texts = (
            tuple(
                text
                for letter, text in zip(LETTERS, authoring.options, strict=False)
                if letter in letters
            )
            or authoring.answers
        )
    parts = (
        f"{part.authoring.stem} {'、'.join(part.authoring.answers)}" for part in authoring.parts
    )
    return "；".join(texts or parts)[:_MOST_CHARS]


def note_separators(wording: Wording) -> tuple[str, ...]:
    """One blank whose answer looks like several."""
    question_type = get_type(wording.type)
    answers = wording.answers if isinstance(question_type, Blank) else ()
    if len(answers) != 1 or "|||" in answers[0] or not _OR.search(answers[0]):
        return ()
    note = _("答案“%(answer)s”会当作一整个答案；如果是几种都算对的写法，请用 ||| 隔开。")
    return (note % {"answer": answers[0][:40]},)
