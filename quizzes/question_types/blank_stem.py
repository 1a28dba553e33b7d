"""Bringing the blanks that a stem shows and the answers given for them together.

The sure reading comes first. A stem that shows no blank gets its blanks below it. What
cannot be reconciled is refused: guessing which blank lost its answer would mark right
answers wrong.
"""

import re

from django.utils.translation import gettext as _

from quizzes.grading import fold_text

from .base import QuestionError
from .blank_answers import Blanks

# ____ or an empty bracket, with or without spaces and underscores in it.
_MARK = re.compile(r"_{3,}|＿{2,}|[（(][\s_＿]*[）)]")
# Editors also leave a gap, and word processors lose the underline below it: a wide gap,
# or one right before a punctuation mark ("证件或者 。").
_WIDE_GAP = re.compile(r"[ \t\u00a0\u3000]{3,}")
_NARROW_GAP = re.compile(r"(?<=[\u4e00-\u9fff”》])[ \t\u00a0\u3000]+(?=[、，。；])")
_FOUND = "\ufffc"

_SEPARATORS = re.compile(r"[、，,；;\s]+")
_SEPARATORS_AND_WORDS = re.compile(r"[、，,；;\s]+|以及|和|与|及")
# 1. (1) 1、 ① in front of an answer; "1.5" is a number.
_ORDINAL = re.compile(r"(?<!\d)(?:[(（]?(\d{1,2})[)）.．、]|([①-⑳]))(?!\d)\s*")
_LEAD_IN = re.compile(r"^[^：:]*[：:]\s*")


def match_stem(stem: str, blanks: Blanks) -> Blanks:
    """The blanks as the stem asks for them. Raises QuestionError when it asks for others."""
    blanks = _strip_ordinals(blanks)
    sure, wide, narrow = count_marks(stem)
    shown = sure or wide
    if not shown:
        _refuse_given_away(stem, blanks)
        return blanks
    if len(blanks) in {shown, sure + wide, sure + wide + narrow}:
        return blanks
    listed = blanks[0][0] if len(blanks) == len(blanks[0]) == 1 else ""
    parts = split_listed_answer(listed, shown)
    if not parts:
        raise QuestionError([_explain_count(shown, len(blanks))])
    return tuple((part,) for part in parts)


def count_marks(stem: str) -> tuple[int, int, int]:
    """How many blanks are marked, and how many wide and narrow gaps look like one."""
    rest, sure = _MARK.subn(_FOUND, stem.strip())
    rest, wide = _WIDE_GAP.subn(_FOUND, rest)
    return sure, wide, len(_NARROW_GAP.findall(rest))


def split_listed_answer(answer: str, count: int) -> tuple[str, ...]:
    """Divide "绝密、机密、秘密。" from one cell over `count` blanks; () if it will not."""
    listed = _LEAD_IN.sub("", answer).strip("。.；; ")
    if numbered := _split_numbered(listed):
        return numbered if len(numbered) == count else ()
    for separators in (_SEPARATORS, _SEPARATORS_AND_WORDS):
        parts = tuple(separators.split(listed))
        if len(parts) == count and all(map(fold_text, parts)):
            return parts
    return ()


def _split_numbered(listed: str) -> tuple[str, ...]:
    """ "1.甲 2.乙" → ("甲", "乙"); () unless the numbers run from 1 and each has an answer."""
    marks = list(_ORDINAL.finditer(listed))
    numbers = [_read_ordinal(mark) for mark in marks]
    if len(marks) < 2 or marks[0].start() or numbers != list(range(1, len(marks) + 1)):
        return ()
    ends = [*(mark.start() for mark in marks[1:]), len(listed)]
    parts = tuple(
        listed[mark.end() : end].strip("、，,；;。 \t\n\u3000")
        for mark, end in zip(marks, ends, strict=True)
    )
    return parts if all(map(fold_text, parts)) else ()


def _strip_ordinals(blanks: Blanks) -> Blanks:
    """Numbers in front of the answers go when they run from 1 through all blanks."""
    marks = [_ORDINAL.match(accepted[0]) for accepted in blanks]
    is_run = len(blanks) > 1 and all(
        mark and _read_ordinal(mark) == number and accepted[0][mark.end() :].strip()
        for number, (mark, accepted) in enumerate(zip(marks, blanks, strict=True), start=1)
    )
    if not is_run:
        return blanks
    return tuple(
        tuple(text.removeprefix(mark[0]) for text in accepted)
        for mark, accepted in zip(marks, blanks, strict=True)
    )


def _read_ordinal(mark: re.Match[str]) -> int:
    return int(mark[1]) if mark[1] else ord(mark[2]) - ord("①") + 1


def _refuse_given_away(stem: str, blanks: Blanks) -> None:
    folded = fold_text(stem)
    for accepted in blanks:
        if fold_text(accepted[0]) in folded:
            message = _("题干没有标出空，却写出了答案“%(answer)s”，请把空的位置改成 ____。")
            raise QuestionError([message % {"answer": accepted[0]}])


def _explain_count(shown: int, given: int) -> str:
    return _(
        "题干里有 %(shown)d 处空，答案却有 %(given)d 个；"
        "请用 ____ 或（ ）标出每一个空，并逐空填写答案。"
    ) % {"shown": shown, "given": given}
