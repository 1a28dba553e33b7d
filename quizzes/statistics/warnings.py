"""What in a question's figures an editor should look at."""

from collections.abc import Sequence
from enum import StrEnum

from .answers import AnswerCount
from .items import ItemFigures

# With fewer answers every figure is chance.
MIN_ASKED = 20
EASY, HARD = 95, 20
# Moodle calls an index below 20 very weak.
WEAK = 20


class Warned(StrEnum):
    TOO_EASY = "too_easy"
    TOO_HARD = "too_hard"
    WEAK = "weak"
    NEGATIVE = "negative"
    WRONG_PREFERRED = "wrong_preferred"
    UNCHOSEN = "unchosen"


def find_warnings(figures: ItemFigures, answers: Sequence[AnswerCount]) -> list[Warned]:
    """In the order of their weight; none before enough members were asked."""
    if figures.asked < MIN_ASKED:
        return []
    return [*_warn_of_key(figures, answers), *_warn_of_level(figures), *_warn_of_options(answers)]


def _warn_of_key(figures: ItemFigures, answers: Sequence[AnswerCount]) -> list[Warned]:
    found = []
    if figures.discrimination is not None and figures.discrimination < 0:
        found.append(Warned.NEGATIVE)
    right = [each.count for each in answers if each.is_right]
    wrong = [each.count for each in answers if each.is_right is False]
    if right and wrong and max(wrong) > max(right):
        found.append(Warned.WRONG_PREFERRED)
    return found


def _warn_of_level(figures: ItemFigures) -> list[Warned]:
    """What everybody, or nobody, can do separates nobody: then the index is not to blame."""
    if figures.facility is not None and figures.facility >= EASY:
        return [Warned.TOO_EASY]
    if figures.facility is not None and figures.facility <= HARD:
        return [Warned.TOO_HARD]
    is_weak = figures.discrimination is not None and 0 <= figures.discrimination < WEAK
    return [Warned.WEAK] if is_weak else []


def _warn_of_options(answers: Sequence[AnswerCount]) -> list[Warned]:
    is_unchosen = any(each.is_right is False and not each.count for each in answers)
    return [Warned.UNCHOSEN] if is_unchosen else []
