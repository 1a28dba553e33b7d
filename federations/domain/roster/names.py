"""PURE: the many ways in which people write one federation's name."""

import re

from federations.models import Level
from federations.workbooks.text import fold

SEPARATORS = re.compile(r"[/>、→\\|]+")
FEDERATION = re.compile(r"(妇女联合会|妇联)$")
# Longest first: 社区居委会 ends in 居委会 too.
COMMITTEES = (
    ("社区居民委员会", "社区"),
    ("社区居委会", "社区"),
    ("居民委员会", "社区"),
    ("居委会", "社区"),
    ("村民委员会", "村"),
    ("村委会", "村"),
)


def split_path(text: str) -> list[str]:
    """Folded steps from the top down; one step when nothing separates them."""
    steps = (FEDERATION.sub("", step) for step in SEPARATORS.split(fold(text)))
    return [step for step in steps if step]


def take_apart(name: str) -> tuple[str, str]:
    """(stem, kind): 大黄村委会, 大黄村民委员会, 大黄村村委会 and 大黄村 are all (大黄, 村).

    The kind is empty for towns and above. 村 and 社区 stay apart: 337 pairs of neighbours in
    Guangdong differ in nothing else.
    """
    for suffix, kind in COMMITTEES:
        if name.endswith(suffix) and name != suffix:
            stem = name.removesuffix(suffix)
            return stem.removesuffix(kind) or stem, kind
    for kind in ("社区", "村"):
        if name.endswith(kind) and name != kind:
            return name.removesuffix(kind), kind
    return name, ""


def keys_of_node(name: str, level: int) -> set[str]:
    """Under which keys a federation can be looked up."""
    name = fold(name)
    stem, kind = take_apart(name)
    keys = {name, stem}
    if kind:
        keys.add(f"{stem}#{kind}")
    if level <= Level.CITY:
        keys.add(re.sub(r"[省市]$", "", name))
    return keys


def keys_of_query(step: str) -> set[str]:
    stem, kind = take_apart(step)
    return {step, f"{stem}#{kind}"} if kind else {step}
