"""What the roster's pages read. Whoever calls has asked the desk which place is hers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.cache import cache
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length, Substr

from federations.desk.access import Desk
from federations.domain.names import fold_query, names_beginning
from federations.models import Appointment, Federation, Level, Position
from federations.models.federation import subtree_range
from federations.scope import within_paths
from members.models import Member
from members.phones import read_number

MOST_PEOPLE = 50
MOST_PLACES = 10
# Seconds.
HEADS_KEPT = 60

BY_POSITION = Case(
    *(When(position=position, then=Value(place)) for place, position in enumerate(Position.values)),
    default=Value(len(Position.values)),
    output_field=IntegerField(),
)


@dataclass
class Branch:
    """A federation with how many are counted in it: its own team, and everything below."""

    federation: Federation
    own: int = 0
    subtree: int = 0


def in_scope(desk: Desk, field_name: str = "federation__path") -> Q:
    return within_paths(field_name, [top.path for top in desk.tops])


def branches_of(place: Federation, today: date) -> tuple[Branch, list[Branch]]:
    """The place and its children: one query for the children, one for all headcounts."""
    heads = _heads_of(place, today)
    children = [
        Branch(child, *heads.get(child.path, (0, 0)))
        for child in Federation.objects.filter(parent=place).order_by("path")
    ]
    own = heads.get(place.path, (0, 0))[0]
    return Branch(place, own, sum(each[1] for each in heads.values())), children


def _heads_of(place: Federation, today: date) -> dict[str, tuple[int, int]]:
    """(own, subtree) by the path of a child, and of the place itself.

    400,000 people take a second: of a city or the province the figures are a minute old at most.
    """
    if place.level > Level.CITY:
        return _count_heads(place, today)
    key = f"roster-heads:{place.pk}:{today}"
    return cache.get_or_set(key, lambda: _count_heads(place, today), HEADS_KEPT)


def _count_heads(place: Federation, today: date) -> dict[str, tuple[int, int]]:
    length = len(place.path) + Federation.steplen
    counted = Appointment.objects.counted().in_force(today)
    rows = (
        counted.filter(federation__path__range=subtree_range(place.path))
        .order_by()
        .values(branch=Substr("federation__path", 1, length))
        .annotate(subtree=Count("pk"), own=Count("pk", filter=Q(federation__path=F("branch"))))
    )
    return {row["branch"]: (row["own"], row["subtree"]) for row in rows}


def team_of(place: Federation, today: date) -> QuerySet[Appointment]:
    """Who serves there, and who is about to, by position."""
    rows = place.appointments.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    return _in_order(rows)


def past_team_of(place: Federation, today: date) -> QuerySet[Appointment]:
    rows = place.appointments.filter(ends_on__lt=today).select_related("member")
    return rows.order_by("-ends_on", BY_POSITION, "pk")


def _in_order(rows: QuerySet) -> QuerySet:
    return rows.select_related("member").order_by(BY_POSITION, "starts_on", "pk")


@dataclass
class Hit:
    """A person who was found, with what she serves as in the searcher's scope."""

    member: Member
    appointments: list[Appointment] = field(default_factory=list)


@dataclass
class Found:
    """`is_more`: there are others, who are not listed."""

    people: list[Hit] = field(default_factory=list)
    places: list[Federation] = field(default_factory=list)
    is_more: bool = False

    def __bool__(self):
        return bool(self.people or self.places)


def find(desk: Desk, typed: str, today: date) -> Found:
    """People of her scope by name, pinyin, initials or phone, and federations by name.

    A number is a phone: all of it, or its last four digits.
    """
    members = members_like(typed)
    if members is None:
        return Found()
    serving = Appointment.objects.filter(in_scope(desk)).values("member")
    # Unordered: fifty are found without reading and sorting all the others.
    found = list(members.filter(pk__in=serving)[: MOST_PEOPLE + 1])
    people = sorted(found[:MOST_PEOPLE], key=lambda each: (each.name, each.pk))
    return Found(
        people=_with_appointments(desk, people, today),
        places=_find_places(desk, typed),
        is_more=len(found) > MOST_PEOPLE,
    )


def members_like(typed: str) -> QuerySet[Member] | None:
    folded, number = fold_query(typed), read_number(typed)
    if number:
        return Member.objects.with_number(number)
    return Member.objects.filter(name__in=names_beginning(typed)) if folded else None


def _find_places(desk: Desk, typed: str) -> list[Federation]:
    text = "".join(typed.split())
    if text.isascii():
        return []
    rows = Federation.objects.filter(in_scope(desk, "path"), name__contains=text)
    return list(rows.select_related("parent").order_by(Length("name"), "path")[:MOST_PLACES])


def _with_appointments(desk: Desk, people: Iterable[Member], today: date) -> list[Hit]:
    hits = {each.pk: Hit(each) for each in people}
    rows = Appointment.objects.filter(in_scope(desk), member__in=hits)
    rows = rows.select_related("federation__parent").order_by(F("ends_on").desc(nulls_first=True))
    for each in rows:
        each.is_past = bool(each.ends_on and each.ends_on < today)
        hits[each.member_id].appointments.append(each)
    return list(hits.values())
