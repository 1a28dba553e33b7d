"""Fill-in-the-blank."""

from itertools import zip_longest

from .grade import UNANSWERED, Grade, grade_share
from .text import fold_text


def grade_blanks(*, blanks: tuple[tuple[str, ...], ...], given: tuple[str, ...]) -> Grade:
    """Each right blank earns an equal share; `blanks` holds the accepted texts of each.

    Texts are compared folded. Missing texts count as empty, surplus ones are ignored.
    """
    if not blanks:
        raise ValueError("a fill-in question needs at least one blank")
    if not any(fold_text(text) for text in given[: len(blanks)]):
        return UNANSWERED
    marks = mark_blanks(blanks=blanks, given=given)
    return grade_share(right=sum(marks), total=len(blanks))


def mark_blanks(*, blanks: tuple[tuple[str, ...], ...], given: tuple[str, ...]) -> tuple[bool, ...]:
    """Whether each blank is right, in the order of the blanks."""
    pairs = zip_longest(blanks, given[: len(blanks)], fillvalue="")
    return tuple(_is_accepted(accepted, text) for accepted, text in pairs)


def _is_accepted(accepted: tuple[str, ...], text: str) -> bool:
    folded = fold_text(text)
    return bool(folded) and folded in {fold_text(each) for each in accepted}
