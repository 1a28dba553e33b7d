"""「反家暴法 23条」 asks for one article of one law. Pure."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from cms.article_numbers import NUMERAL, typed_anchor
from cms.search.tokens import normalise

# What names of laws end with.
KINDS = r"法典|法|条例|规定|编|解释(?:[(][一二三四五六七八九十]+[)])?|办法|细则|决定"
LAW = rf"《?(?P<law>.{{1,60}}?(?:{KINDS}))》?"
NUMBER = rf"(?P<number>第?{NUMERAL}条?(?:之{NUMERAL})?)"
REFERENCE = re.compile(rf"{LAW}\s*的?{NUMBER}(?:规定|内容)?")
# What a title has beside the name that people use.
TRIMMINGS = re.compile(r"中华人民共和国|[《》\s]|[(]\d{4}[^)]*[)]$")


class LawReference(NamedTuple):
    law: str
    anchor: str


def read_reference(query: str) -> LawReference | None:
    found = REFERENCE.fullmatch(normalise(query).strip())
    anchor = found and typed_anchor(found["number"])
    return LawReference(found["law"], anchor) if anchor else None


def pick_law(name: str, titles: Iterable[tuple[int, str]]) -> int | None:
    """The id of the title that is meant, of pairs of id and title: the whole name, a part of it, or
    its characters in their order (反家暴法, 妇保法); the shortest that fits."""
    wanted = plain_name(name)
    fitting = [
        (how, len(title), pk)
        for pk, title in ((pk, plain_name(title)) for pk, title in titles)
        if (how := _fit(wanted, title)) is not None
    ]
    return min(fitting)[-1] if fitting else None


def plain_name(title: str) -> str:
    return TRIMMINGS.sub("", normalise(title))


def _fit(wanted: str, title: str) -> int | None:
    if wanted == title:
        return 0
    if wanted in title:
        return 1
    rest = iter(title)
    return 2 if wanted[:1] == title[:1] and all(sign in rest for sign in wanted) else None
