"""Single choice, multiple choice and true/false."""

from .grade import UNANSWERED, Grade, grade_share


def grade_choice(*, right: frozenset[str], chosen: frozenset[str]) -> Grade:
    """All or nothing: exactly the right options earn the points."""
    if not right:
        raise ValueError("a choice question needs at least one right option")
    if not chosen:
        return UNANSWERED
    return grade_share(right=int(chosen == right), total=1)
