"""The order in which options are shown."""

import re
from collections.abc import Sequence
from functools import lru_cache
from random import Random

from quizzes.grading import fold_text

from .options import Option

# 以上都对, 上述选项均不正确, 前三项都是, 都正确: they only make sense below the others.
_SUMS_UP = re.compile(
    r"^(以上|上述|上面|前面|前[两二三四五六七八九]).{0,4}(都|全|均|皆|没有)"
    r"|^(以上|上述)(答案|选项|说法|情况)?(不对|不正确|错误)"
    r"|^(以上|上述|上面|前面)?(各|所有|全部|[两二三四五六七八九])(项|个|条|种|点|者)?"
    r"(答案|选项|说法|情况)?$"
    r"|^(无|没有)(一[项个])?(正确|对)的?(答案|选项|说法)?$"
    r"|^(全部?|都|均|皆)(不|没)?(对|正确|是|错|错误|可以?|行)$"
    r"|^(all|none)oftheabove"
)
# "A和B", "ABC都对", "选项A、C": the text names letters, so the letters must stay.
_NAMES_LETTERS = re.compile(r"^(选项)?[a-j]([、,和与及]?[a-j])+(项|选项|两|三|四|都|全|均|皆|$)")


def order_options(options: Sequence[Option], rng: Random, shuffle: bool) -> list[str]:
    """Option ids in the order of display; shuffled only where that keeps the meaning."""
    if not shuffle or any(_names_letters(each.text) for each in options):
        return [option.id for option in options]
    free = [option.id for option in options if not _sums_up(option.text)]
    rng.shuffle(free)
    return free + [option.id for option in options if _sums_up(option.text)]


# Every start asks it of the same options again.
@lru_cache(maxsize=20_000)
def _names_letters(text: str) -> bool:
    return bool(_NAMES_LETTERS.match(fold_text(text)))


@lru_cache(maxsize=20_000)
def _sums_up(text: str) -> bool:
    return bool(_SUMS_UP.match(fold_text(text)))
