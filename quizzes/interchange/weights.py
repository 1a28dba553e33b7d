"""What Moodle's weighted answers say about a choice."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FULL = Decimal(100)


def read_weight(text: str) -> Decimal | None:
    """Per cent, or None for what is no number."""
    try:
        weight = Decimal(text.strip())
    except InvalidOperation:
        return None
    return weight if weight.is_finite() else None


def find_right(weights: Sequence[Decimal], *, is_single: bool) -> str:
    """Letters of the right options: the heaviest of a single choice, else all with a plus."""
    best = max(weights, default=Decimal(0))
    return "".join(
        letter
        for letter, weight in zip(LETTERS, weights, strict=False)
        if weight > 0 and (not is_single or weight == best)
    )


def note_weights(weights: Sequence[Decimal], *, is_single: bool) -> tuple[str, ...]:
    """What is lost: part marks of a single choice, unequal weights of a multiple one."""
    positive = {weight for weight in weights if weight > 0}
    if len(positive) < 2:
        return ()
    if is_single:
        return (_("有的选项原来得部分分，导入后只有得分最高的选项算对。"),)
    return (_("正确选项原来的分值不同，导入后按这里的评分方式计分。"),)


def share_out(letters: str, count: int) -> list[str]:
    """The weights of `count` options, as Moodle writes them: 50, 33.33333, -100."""
    share = f"{100 / len(letters):.5f}".rstrip("0").rstrip(".")
    return [share if letter in letters else "-100" for letter in LETTERS[:count]]
