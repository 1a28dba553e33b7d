"""Items that a learner pairs or orders.

Their ids follow the texts, not the places an editor gave them: the page shows the ids, and places
would give the key away.
"""

from collections.abc import Iterable, Sequence
from random import Random

from django.utils.translation import gettext as _

from quizzes.grading import fold_text

from .options import Option

# No more than fit on a phone; as many as there are letters to name them.
MAX_ITEMS = 12
ITEM_IDS = "abcdefghijkl"
LETTERS = ITEM_IDS.upper()


def number_items(texts: Iterable[str]) -> tuple[Option, ...]:
    """Items sorted by text, each text once."""
    ids = [*ITEM_IDS, *map(str, range(MAX_ITEMS, 1000))]
    return tuple(Option(*each) for each in zip(ids, sorted(set(texts)), strict=False))


def shuffle_items(items: Sequence[Option], rng: Random) -> list[str]:
    ids = [item.id for item in items]
    rng.shuffle(ids)
    return ids


def show_items(items: Sequence[Option], layout: Sequence[str]) -> list[Option]:
    """The items in the order of display; without a layout by text."""
    by_id = {item.id: item for item in items}
    return [by_id[item_id] for item_id in layout or by_id if item_id in by_id]


def find_count_problems(count: int, *, least: int) -> list[str]:
    if count < least:
        return [_("至少要有 %(least)d 项，请补充。") % {"least": least}]
    if count > MAX_ITEMS:
        return [
            _("最多 %(max)d 项，现在有 %(count)d 项，请删去一些。")
            % {"max": MAX_ITEMS, "count": count}
        ]
    return []


def find_twins(texts: Sequence[str]) -> list[str]:
    """Texts that a learner could not tell apart."""
    firsts: dict[str, int] = {}
    problems = []
    for number, text in enumerate(texts, start=1):
        first = firsts.setdefault(fold_text(text) or text, number)
        if first != number:
            problems.append(
                _("第 %(first)d 项和第 %(second)d 项内容相同，请修改其中一个。")
                % {"first": first, "second": number}
            )
    return problems
