"""Why a question cannot be written: told for each, never dropped silently."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from .entries import Problem, RawQuestion
from .vocabulary import name_type

# Everything that XML 1.0 may hold; workbooks are XML too.
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NotHeld(Exception):
    """The format has no place for this question; the message says why."""


def refuse(question: RawQuestion, reason: str) -> Problem:
    return Problem(question.sheet, question.row, reason, question.type, question.stem)


def explain_type(question: RawQuestion, label: str) -> str:
    return _("%(format)s 格式放不下%(type)s，这道题没有导出。") % {
        "format": label,
        "type": name_type(question.type),
    }


def has_odd_characters(question: RawQuestion) -> bool:
    return any(_NOT_IN_XML.search(text) for text in texts_of(question))


def texts_of(question: RawQuestion) -> Iterator[str]:
    yield from (question.stem, question.explanation, question.knowledge_point, question.source)
    yield from (*question.options, *question.answers, *question.tags)
    yield from question.settings.values()
    for part in question.parts:
        yield from texts_of(part)


def check_writable(
    questions: Iterable[RawQuestion], held: frozenset[str], label: str, problems: list[Problem]
) -> Iterator[RawQuestion]:
    """The questions of the held types; the others go into `problems`."""
    for question in questions:
        if question.type not in held:
            problems.append(refuse(question, explain_type(question, label)))
        elif has_odd_characters(question):
            reason = _("有不能写进文件的特殊字符，这道题没有导出；请改好题目再试。")
            problems.append(refuse(question, reason))
        else:
            yield question
