"""PURE: blanks in a stem, and the input fields that other formats put there.

A field stands right behind the mark of its blank, "____{1}"; where marks and blanks differ in
number, all fields stand on a last line of their own. So the stem can be had back as it was.
"""

import re
from collections.abc import Sequence

# ____ or an empty bracket, as the fill-in type knows it.
_MARK = re.compile(r"_{3,}|＿{2,}|[（(][\s_＿]*[）)]")
MARK = "____"
FIELD = "\ufffc"


def place_fields(stem: str, count: int) -> str:
    """The stem with `count` FIELDs."""
    stem = stem.replace(FIELD, "")
    if len(_MARK.findall(stem)) == count:
        return _MARK.sub(lambda mark: mark[0] + FIELD, stem)
    return f"{stem}\n{FIELD * count}"


def take_fields(text: str) -> str:
    """The inverse: a field without a mark before it becomes one, unless it is on the last line."""
    *lines, last = text.split("\n")
    if lines and FIELD in last and not last.replace(FIELD, "").strip():
        return "\n".join(lines).rstrip()
    pieces = text.split(FIELD)
    marked = [piece if _ends_with_mark(piece) else piece + MARK for piece in pieces[:-1]]
    return "".join([*marked, pieces[-1]]).strip()


def _ends_with_mark(text: str) -> bool:
    marks: Sequence[re.Match[str]] = list(_MARK.finditer(text))
    return bool(marks) and marks[-1].end() == len(text)
