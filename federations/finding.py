"""Federations that are meant by `松口镇 大黄村`, or by a division code."""

from django.db.models import Q, QuerySet

from federations.models import Federation, Level

MOST_CANDIDATES = 12
# A village lies in a town, a county and a city.
ABOVE = ("parent", "parent__parent", "parent__parent__parent")


def find_federations(rows: QuerySet[Federation], text: str) -> list[Federation]:
    """Those of `rows`; where some have exactly this name, those alone."""
    *above, name = text.replace("/", " ").replace("\0", "").split() or [""]
    rows = rows.select_related(ABOVE[-1])
    if not name:
        return []
    if name.isascii() and name.isdecimal():
        return list(rows.filter(code=name))
    name = name.removesuffix("妇联") or name
    for word in above:
        named = (Q(**{f"{parent}__name__contains": word}) for parent in ABOVE)
        rows = rows.filter(next(named) | next(named) | next(named))
    found = list(rows.filter(name__contains=name).order_by("path")[: MOST_CANDIDATES * 10])
    exact = [each for each in found if name in (each.name, each.short_name)]
    return (exact or found)[:MOST_CANDIDATES]


def whole_name(federation: Federation) -> str:
    """梅州市 梅县区 松口镇 大黄村委会: enough to tell it from its namesakes."""
    names, each = [], federation
    while each and (each.level > Level.PROVINCE or not names):
        names.append(each.name)
        each = each.parent
    return " ".join(reversed(names))
