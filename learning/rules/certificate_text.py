"""The wording of a certificate, with named places to fill in; and names half hidden."""

import re
from collections.abc import Mapping

# How staff write them, and what they stand for. The English names are understood as well.
PLACES = {
    "姓名": "name",
    "单位": "unit",
    "名称": "title",
    "日期": "date",
    "学时": "hours",
}
_KEYS = PLACES | {key: key for key in PLACES.values()}
_PLACE = re.compile(r"[{｛]\s*([^{}｛｝]*?)\s*[}｝]")


def find_unknown_places(text: str) -> list[str]:
    """Names in braces that stand for nothing, in order; a stray brace counts as one."""
    unknown = [name for name in _PLACE.findall(text) if name not in _KEYS]
    return unknown + re.findall(r"[{}｛｝]", _PLACE.sub("", text))


def asked_places(text: str) -> set[str]:
    """What the text wants to know: of name, unit, title, date, hours."""
    return {_KEYS[name] for name in _PLACE.findall(text) if name in _KEYS}


def fill_text(text: str, values: Mapping[str, str]) -> str:
    """The wording with everything filled in; a place that stands for nothing stays as it is."""

    def put(match: re.Match[str]) -> str:
        key = _KEYS.get(match.group(1))
        return match.group(0) if key is None else values[key]

    return _PLACE.sub(put, text)


def mask_name(name: str) -> str:
    """陈*英, 陈*, 欧**英: enough for whoever holds the paper, too little for whoever guesses."""
    hidden = max(len(name) - 2, 1)
    last = name[-1] if len(name) > 2 else ""
    return name[: 1 if len(name) > 1 else 0] + "*" * hidden + last
