"""Which federation a roster's cell means: by code, by path or by an unambiguous name."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from federations.domain.roster.names import keys_of_node, keys_of_query, split_path, take_apart
from federations.domain.roster.values import CellError, read_text
from federations.models import Federation
from federations.scope import within_paths
from federations.workbooks.text import fold

CANDIDATES_SHOWN = 7
SUGGESTIONS_SHOWN = 3
FULL_CODE = 12
SHORTER_CODES = (9, 6, 4, 2)


@dataclass(frozen=True, slots=True)
class Place:
    """A federation as the roster import needs it."""

    pk: int
    path: str
    name: str
    keys: frozenset[str]


class FederationFinder:
    """Holds the tree in memory: one query for a roster of any length.

    With `within`, tree paths, only what lies at or below these is found and named. The places
    above serve for understanding a full path, and appear in no message.
    """

    def __init__(self, within: list[str] | None = None):
        self.by_code: dict[str, Place] = {}
        self.by_path: dict[str, Place] = {}
        self.by_key: dict[str, list[Place]] = defaultdict(list)
        self.within = None if within is None else tuple(within)
        fields = ("pk", "path", "code", "name", "level")
        for pk, path, code, name, level in _places(within).values_list(*fields):
            place = Place(pk, path, name, frozenset(keys_of_node(name, level)))
            self.by_path[path] = place
            if not self._is_within(place):
                continue
            if code:
                self.by_code[code] = place
            for key in place.keys:
                self.by_key[key].append(place)
        self._find = cache(self._look_up)

    def _is_within(self, place: Place) -> bool:
        return self.within is None or place.path.startswith(self.within)

    def find(self, value: Any) -> Place:
        """Raises CellError when there is none or more than one; it names the candidates."""
        return self._find(read_text(value))

    def title(self, place: Place) -> str:
        """The full path, 广东省/梅州市/梅县区/松口镇/大黄村委会, from where `within` begins."""
        steps = [*self.ancestors(place), place]
        return "/".join(step.name for step in steps if self._is_within(step))

    def ancestors(self, place: Place) -> list[Place]:
        step = Federation.steplen
        return [self.by_path[place.path[:end]] for end in range(step, len(place.path), step)]

    def _look_up(self, text: str) -> Place:
        code, steps = fold(text), split_path(text)
        if not steps:
            raise CellError(_("缺少妇联：请填写区划代码或全称路径。"))
        if code.isascii() and code.isdigit():
            return self._look_up_code(code)
        found = self._look_up_path(steps) or (len(steps) == 1 and self._look_up_run(steps[0]))
        if not found:
            raise CellError(self._explain_unknown(steps))
        if len(found) > 1:
            raise CellError(self._explain_ambiguous(found))
        return found[0]

    def _look_up_code(self, code: str) -> Place:
        """The code as it is, or filled up with zeros to twelve digits as statistics tables do."""
        lengths = SHORTER_CODES if len(code) == FULL_CODE else ()
        codes = [code, *(code[:n] for n in lengths if not int(code[n:]))]
        for candidate in codes:
            if candidate in self.by_code:
                return self.by_code[candidate]
        raise CellError(self._explain_absent(_("没有这个区划代码的妇联，请核对，或填写全称路径。")))

    def _look_up_path(self, steps: list[str]) -> list[Place]:
        *above, name = steps
        return best_named(
            name,
            [place for place in self._named(name) if climbs(above, self.ancestors(place))],
        )

    def _look_up_run(self, text: str) -> list[Place]:
        """A path without separators: try every place where the last name may begin."""
        for start in range(1, len(text)):
            name = text[start:]
            fitting = [
                place for place in self._named(name) if spells(text[:start], self.ancestors(place))
            ]
            if fitting:
                return best_named(name, fitting)
        return []

    def _named(self, name: str) -> list[Place]:
        places = {p.pk: p for key in keys_of_query(name) for p in self.by_key.get(key, ())}
        return sorted(places.values(), key=lambda place: place.path)

    def _explain_ambiguous(self, found: list[Place]) -> str:
        titles = "、".join(map(self.title, found[:CANDIDATES_SHOWN]))
        if len(found) > CANDIDATES_SHOWN:
            titles += _(" 等")
        message = _("这个名称对应 %(count)d 个妇联：%(titles)s；请填写区划代码或全称路径。")
        return message % {"count": len(found), "titles": titles}

    def _explain_absent(self, reason: str) -> str:
        """Whether it exists elsewhere is not told."""
        if self.within is None:
            return reason
        return _("这个单位不在您的范围内，或者没有这个单位；请核对名称或区划代码。")

    def _explain_unknown(self, steps: list[str]) -> str:
        *above, name = steps
        stem, _kind = take_apart(name)
        near = [p for p in self.by_key.get(stem, ()) if climbs(above, self.ancestors(p))]
        if not near or len(near) > SUGGESTIONS_SHOWN:
            return self._explain_absent(_("没有找到这个妇联，请核对名称，或填写区划代码。"))
        message = _("没有找到这个妇联，是不是：%(titles)s？请改正，或填写区划代码。")
        return message % {"titles": "、".join(map(self.title, near))}


def _places(within: list[str] | None) -> QuerySet:
    everything = Federation.objects.order_by("path")
    if within is None:
        return everything
    step = Federation.steplen
    above = {path[:end] for path in within for end in range(step, len(path), step)}
    return everything.filter(within_paths("path", within) | Q(path__in=above))


def best_named(name: str, places: list[Place]) -> list[Place]:
    """The one with exactly this name wins over those that are only called so."""
    return [place for place in places if fold(place.name) == name] or places


def climbs(steps: list[str], ancestors: list[Place]) -> bool:
    """Whether the steps name some of the ancestors, in their order; levels may be left out."""
    remaining = iter(ancestors)
    return all(any(keys_of_query(step) & place.keys for place in remaining) for step in steps)


def spells(text: str, ancestors: list[Place]) -> bool:
    """Whether the text is made of the names of some of the ancestors, in their order."""
    if not text:
        return True
    return any(
        spells(text[len(key) :], ancestors[at + 1 :])
        for at, place in enumerate(ancestors)
        for key in place.keys
        if text.startswith(key)
    )
